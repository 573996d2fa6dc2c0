"""The person's own page: what I allowed, where I appear, stop sharing."""
