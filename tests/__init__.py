"""Mirrors the rooms; journeys drive a browser, house tests read the house itself."""
