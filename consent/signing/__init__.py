"""Asking and capturing: one ceremony, on the tablet, on the signer's own phone, by link."""
