"""Benchmarks: medians and ratios against the bare work, printed, never asserted. `./postern bench` runs them."""
