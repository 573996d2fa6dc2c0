"""Deliveries, takedowns, sweep, the worker."""
