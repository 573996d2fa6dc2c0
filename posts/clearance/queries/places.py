"""Where the practice speaks from, and what its counsel has switched: two queries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from consent.records.queries import Row, plain_rows
from posts.gate.facts import PlaceFacts

LOCATIONS = """SELECT location_id, from_date, legal_entity, state, profession, hospital, part2, small_town
    FROM consent_locationfacts WHERE location_id IN ({ids}) ORDER BY from_date"""
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
        day = at.date()
        held = {
            row["location_id"]: row for row in plain_rows(LOCATIONS, locations) if row["from_date"] <= day
        }
        settings = plain_rows(SETTINGS, practices)
        return cls(
            facts={location: _facts(row) for location, row in held.items()},
            entities={location: row["legal_entity"] for location, row in held.items()},
            switches=_switches([row for row in settings if row["code"]]),
            detectors={row["practice_id"]: row["setting"] != "[]" for row in settings if not row["code"]},
        )


def _facts(row: Row) -> PlaceFacts:
    """One location as the gate sees it."""
    return PlaceFacts(
        state=row["state"],
        profession=row["profession"],
        hospital=bool(row["hospital"]),
        part2=bool(row["part2"]),
        small=bool(row["small_town"]),
    )


def _switches(rows: list[Row]) -> dict[int, dict[str, bool]]:
    """The latest switch of each rule; off switches carry their number below zero."""
    found: dict[int, dict[str, bool]] = {}
    for row in sorted(rows, key=lambda row: abs(row["id"])):
        found.setdefault(row["practice_id"], {})[row["code"]] = row["id"] > 0
    return found
