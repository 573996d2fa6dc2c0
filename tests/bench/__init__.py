"""Benchmarks: medians and ratios against the bare work, printed, never asserted. `./postern bench` runs them.

Commits wait for the disk, as in production.
"""
