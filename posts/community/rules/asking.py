"""The words in which we ask, in the author's language. In public they say nothing of care, and name no visit (R50)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

LAPSES_AFTER = timedelta(days=14)
REMIND_AFTER = timedelta(days=5)
# What can be chosen for a request, and how long, in days.
LAPSE_DAYS = (7, 14, 30)
LANGUAGES = {"en": "English", "es": "Español"}

PUBLIC = {
    "en": "Hello! We would love to share your post. Details are in your messages.",
    "es": "¡Hola! Nos encantaría compartir su publicación. Los detalles están en sus mensajes.",
}
PRIVATE = {
    "en": (
        "Hello, this is {asker} of {practice}. We saw your post of {day} and would love to share it {where}. "
        "We only do so if you allow it in writing. What we would show, and what we ask, is on your own page: {link}\n"
        "It is good until {until}. No thanks is fine, too: there is a button for it, and we will not ask again."
    ),
    "es": (
        "Hola, le escribe {asker}, de {practice}. Vimos su publicación del {day} y nos encantaría compartirla {where}. "
        "Solo lo haremos si usted lo permite por escrito. Lo que mostraríamos y lo que pedimos está en su propia "
        "página: {link}\nEl enlace vale hasta el {until}. Si no quiere, no pasa nada: hay un botón para decirlo, y no "
        "volveremos a pedirlo."
    ),
}
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
AND = {"en": "and", "es": "y"}
ON = {"en": "on", "es": "en"}


@dataclass(frozen=True)
class Terms:
    """What is asked for: keys by list (`platforms`, `formats`, `edits`), whether it may be paid for, until when."""

    platforms: tuple[str, ...]
    formats: tuple[str, ...]
    edits: tuple[str, ...]
    paid: bool
    ends_on: date
    privacy_notice: str
    lapses_after: timedelta = LAPSES_AFTER

    def to_json(self) -> Mapping[str, object]:
        """As kept with the request."""
        return {
            "platforms": sorted(self.platforms),
            "formats": sorted(self.formats),
            "edits": sorted(self.edits),
            "paid": self.paid,
        }


@dataclass(frozen=True)
class Asked:
    """What the private message says: who asks, of which practice, about the post of which day, to show it where."""

    asker: str
    practice: str
    posted_on: date
    places: tuple[str, ...]
    until: date
    link: str


def public_text(language: str) -> str:
    """The comment that may stand under the post: everybody reads it, so it asks nothing and confirms nothing."""
    return PUBLIC.get(language, PUBLIC["en"])


def private_text(language: str, asked: Asked) -> str:
    """The message to the author alone. It speaks of the post, and of nothing else."""
    language = language if language in PRIVATE else "en"
    return PRIVATE[language].format(
        asker=asked.asker,
        practice=asked.practice,
        day=_said(asked.posted_on, language),
        where=f"{ON[language]} {_listed(asked.places, language)}",
        until=_said(asked.until, language),
        link=asked.link,
    )


def _said(day: date, language: str) -> str:
    month = MONTHS[language].split()[day.month - 1]
    return f"{day.day} de {month}" if language == "es" else f"{month} {day.day}"


def _listed(places: tuple[str, ...], language: str) -> str:
    *first, last = places or ("?",)
    return f"{', '.join(first)} {AND[language]} {last}" if first else last
