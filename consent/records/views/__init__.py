"""People with their standing, one person's record, and what ends a permission."""
