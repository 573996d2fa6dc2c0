"""Assembles the house: settings, environment, URLs. Decides nothing."""
