"""Which PINs are good enough to witness with and to take the tablet back."""

SHORTEST, LONGEST = 4, 8
RUNS = ("01234567890", "09876543210")


class WeakPin(ValueError):
    """The PIN is not one that a stranger would have to guess; the message says why."""


def checked_pin(pin: str) -> str:
    """`pin` itself, if it is four to eight digits and not among the first that anyone tries.

    Raises `WeakPin` with a sentence for the page.
    """
    if not (SHORTEST <= len(pin) <= LONGEST and pin.isascii() and pin.isdigit()):
        raise WeakPin(f"A PIN is {SHORTEST} to {LONGEST} digits and nothing else.")
    if len(set(pin)) == 1:
        raise WeakPin("All the same digit is the first thing a stranger tries. Choose another PIN.")
    if any(pin in run for run in RUNS):
        raise WeakPin("Digits in a row are easy to guess. Choose another PIN.")
    half = len(pin) // 2
    if pin[:half] * 2 == pin:
        raise WeakPin("The same digits twice are easy to guess. Choose another PIN.")
    return pin
