"""Reads everything, writes nothing: each role's home and the history from the ledger."""
