"""Tags for the pages of posts."""
