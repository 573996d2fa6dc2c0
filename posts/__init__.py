"""What we want to say, and whether we may."""
