"""The owner's channel pages, and the public wall."""
