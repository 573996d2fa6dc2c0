"""Why the document of a signature could not be made, and what to do: for staff. No Django."""

from datetime import timedelta

LETTERS, CHANGED, KEY, CERTIFICATE, FAILED = "letters", "changed", "key", "certificate", "failed"
# One failed try may be a machine that was busy; what fails again needs somebody.
TOLD_AFTER = 3
RETRY_AFTER, RETRY_AT_LEAST_EVERY = timedelta(minutes=5), timedelta(hours=6)

# What happened, and what to do.
UNMADE = {
    LETTERS: (
        "it holds letters that our documents cannot print",
        "Ask again with the name in Latin letters, as on the ID, or on paper. Then mark this one as wrong.",
    ),
    CHANGED: (
        "the text that was kept is not the one that was signed",
        "Nothing was sealed. Tell whoever looks after the server, ask the person again, and mark this one as wrong.",
    ),
    KEY: (
        "a key is missing",
        "Tell whoever looks after the server: the key file has to be brought back from the backup.",
    ),
    CERTIFICATE: (
        "the practice's certificate cannot seal",
        "Tell whoever looks after the server: manage.py seal_certificate makes or brings another.",
    ),
    FAILED: (
        "making it failed several times",
        "It is tried again by itself. If it stays like this, tell whoever looks after the server.",
    ),
}


def waits_after(tries: int) -> timedelta:
    """How long to wait after so many failed tries: each try issues a new link, so ever longer."""
    doubled: int = 2 ** min(max(tries - 2, 0), 10)
    return min(RETRY_AFTER * doubled, RETRY_AT_LEAST_EVERY)
