"""Coming in with a link, and the pages of a visit."""
