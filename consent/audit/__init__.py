"""What happened, in order, for good: vocabulary, chain, checkpoints, verification."""
