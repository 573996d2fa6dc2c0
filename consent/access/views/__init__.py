"""Arriving, the practice, its team, one's own account."""
