"""Where bytes lie: kept under their own SHA-256, checked when read, lent out by addresses that soon expire."""
