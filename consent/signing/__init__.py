"""Asking and capturing: the ceremony at the tablet."""
