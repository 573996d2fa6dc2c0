"""Clearance pages: the queue and a review, clearing by two people, what people say to each other."""
