"""Numbers as a form or an address sends them. No Django."""

LONGEST = 18  # digits: what every database takes for the number of a row


def number_sent(text: str) -> int | None:
    """The number that `text` says; None for anything else, and for more digits than any number here has."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST else None
