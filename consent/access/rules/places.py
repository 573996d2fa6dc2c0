"""Where a practice can be: states, professions, time zones, and the sites that may embed its wall."""

from urllib.parse import urlsplit
from zoneinfo import available_timezones

# The fifty states, the District and the territories, by their postal codes.
_POSTAL_CODES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK "
    "OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI"
)
STATES = _POSTAL_CODES.split()

# Advertising rules differ by profession (R78, R80); the gate's packs name these keys.
PROFESSIONS = {
    "physician": "Medicine",
    "physician_assistant": "Physician assistants",
    "dentist": "Dentistry",
    "physical_therapist": "Physical therapy",
    "chiropractor": "Chiropractic",
    "optometrist": "Optometry",
    "podiatrist": "Podiatry",
    "psychologist": "Psychology",
    "mental_health": "Counseling and social work",
    "counselor": "Professional counseling",
    "mft": "Marriage and family therapy",
    "orthotist_prosthetist": "Orthotics and prosthetics",
    "nurse_practitioner": "Nursing",
    "pharmacist": "Pharmacy",
    "other": "Another profession",
}

US_ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "Pacific/Guam",
)


class UnknownTimeZone(ValueError):
    """No clock in the world goes by that name."""


class NotAnOrigin(ValueError):
    """What was given is not the address of a website."""


def checked_zone(name: str) -> str:
    """The name of a time zone as the tz database spells it. Raises `UnknownTimeZone` with a sentence for the page."""
    if name not in available_timezones():
        raise UnknownTimeZone(
            f"No time zone is called “{name}”. Use a name like America/New_York or America/Los_Angeles."
        )
    return name


def checked_origin(address: str) -> str:
    """The origin of a website (scheme and host, and port if any), in lower case; plain http only on this machine.

    Raises `NotAnOrigin` with a sentence for the page.
    """
    sentence = f"“{address}” is not the address of a website. Use one like https://www.example.org."
    try:
        parts = urlsplit(address.strip().lower())
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise NotAnOrigin(sentence) from error
    host = parts.hostname or ""
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in {"localhost", "127.0.0.1"})
    named = bool(host) and all(letter.isalnum() or letter in ".-" for letter in host) and host.isascii()
    if not (safe and named) or parts.path.strip("/") or parts.query or parts.username:
        raise NotAnOrigin(sentence)
    return f"{parts.scheme}://{host}{port}"


# The name, among what must have run over a practice's posts, of the detectors that look at pictures.
PICTURES = "pictures"
