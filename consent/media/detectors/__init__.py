"""What sees faces, text and codes in a picture: in a process of its own, offline, and only where, never who (R41)."""
