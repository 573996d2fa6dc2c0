"""Composing and scheduling: composer with the live gate panel, post list, media library."""
