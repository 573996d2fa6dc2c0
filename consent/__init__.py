"""Who agreed to what, and how we prove it."""
