"""The networks: one adapter each, and the accounts."""
