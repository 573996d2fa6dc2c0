"""Where the practice speaks from, and what its counsel has switched: two queries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from consent.access.models import LocationFacts
from consent.records.queries import plain_rows
from posts.gate.facts import PlaceFacts

# The detectors that must run in a practice, and the latest switch of each pack rule; the former have no code.
SETTINGS = """SELECT p.id AS practice_id, p.detectors AS setting, '' AS code, 0 AS id FROM consent_practice p
      WHERE p.id IN ({ids})
    UNION ALL SELECT s.practice_id, NULL, s.code, CASE WHEN s.is_on THEN s.id ELSE -s.id END FROM posts_packswitch s
      WHERE s.practice_id IN ({ids})"""


@dataclass(frozen=True)
class Places:
    """Facts and entities by location; switches and whether detectors must run by practice."""

    facts: dict[int, PlaceFacts]
    entities: dict[int, str]
    switches: dict[int, dict[str, bool]]
    detectors: dict[int, bool]

    @classmethod
    def read(cls, locations: Collection[int], practices: Collection[int], at: datetime) -> "Places":
        """What holds at the locations on the day of `at`, and the settings of the practices."""
        rows = LocationFacts.objects.filter(location__in=locations, from_date__lte=at.date())
        names = ("location", "legal_entity", "state", "profession", "hospital", "part2", "small_town")
        held = {row[0]: row for row in rows.order_by("from_date").values_list(*names)}
        settings = plain_rows(SETTINGS, practices)
        return cls(
            facts={location: _facts(row) for location, row in held.items()},
            entities={location: row[1] for location, row in held.items()},
            switches=_switches([row for row in settings if row["code"]]),
            detectors={row["practice_id"]: row["setting"] != "[]" for row in settings if not row["code"]},
        )


def _facts(row: tuple[Any, ...]) -> PlaceFacts:
    """One location as the gate sees it."""
    _, _, state, profession, hospital, part2, small = row
    return PlaceFacts(state=state, profession=profession, hospital=hospital, part2=part2, small=small)


def _switches(rows: list[dict[str, Any]]) -> dict[int, dict[str, bool]]:
    """The latest switch of each rule; off switches carry their number below zero."""
    found: dict[int, dict[str, bool]] = {}
    for row in sorted(rows, key=lambda row: abs(row["id"])):
        found.setdefault(row["practice_id"], {})[row["code"]] = row["id"] > 0
    return found
