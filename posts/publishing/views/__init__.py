"""Going out: the list, one delivery, posting and taking down by hand, pausing, what was out before."""
