"""Reusable words: the replies that a practice approved, to be sent to anybody."""
