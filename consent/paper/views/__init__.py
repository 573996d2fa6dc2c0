"""Pages of forms on paper."""
