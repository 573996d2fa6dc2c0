"""What reports read: everything, and they write nothing."""
