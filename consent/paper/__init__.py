"""The prepared form on paper: printed with a code, come back as a scan, keyed by one and compared by another."""
