"""What must follow a commit: leased, retried, visible when stuck."""
