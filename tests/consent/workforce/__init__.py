"""Tests of consent/workforce."""
