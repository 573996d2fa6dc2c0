"""Assets, renditions, who appears in them, the background review."""
