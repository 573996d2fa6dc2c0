"""Preparing at the desk, answering at the tablet, taking the tablet back."""
