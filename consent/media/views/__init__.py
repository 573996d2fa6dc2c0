"""Pictures: add them, say who is in them and who took them, look at them."""
