"""Where the practice speaks from, and what its counsel has switched: two queries."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from consent.records.queries import Row, plain_rows
from posts.gate.facts import PlaceFacts
from posts.screening.rules.roster import RosterState

LOCATIONS = """SELECT location_id, from_date, legal_entity, state, profession, hospital, part2, small_town
    FROM consent_locationfacts WHERE location_id IN ({ids}) ORDER BY from_date"""
# What must run over every post of a practice, and the latest switch of each pack rule; the former have no code.
SETTINGS = """SELECT p.id AS practice_id, p.detectors AS setting, CASE WHEN p.screens_words THEN 1 ELSE 0 END AS words,
      '' AS code, 0 AS id, CASE WHEN p.screens_words AND p.uses_roster THEN 1 ELSE 0 END AS roster,
      COALESCE(r.key_id, '') AS key_id, COALESCE(r.next_key_id, '') AS next_key_id,
      CASE WHEN EXISTS (SELECT 1 FROM consent_person q WHERE q.practice_id = p.id) THEN 1 ELSE 0 END AS people
      FROM consent_practice p LEFT JOIN consent_roster r ON r.practice_id = p.id WHERE p.id IN ({ids})
    UNION ALL SELECT s.practice_id, NULL, 0, s.code, CASE WHEN s.is_on THEN s.id ELSE -s.id END, 0, '', '', 0
      FROM posts_packswitch s WHERE s.practice_id IN ({ids})"""


@dataclass(frozen=True)
class Held:
    """What holds at a location from a day on, until a later one takes over."""

    from_date: date
    entity: str
    facts: PlaceFacts


@dataclass(frozen=True)
class Places:
    """What holds when, by location, the earliest first; by practice the switches, and what must run over its posts."""

    held: dict[int, list[Held]]
    switches: dict[int, dict[str, bool]]
    detectors: dict[int, frozenset[str]]
    screens_words: frozenset[int] = frozenset()
    rosters: Mapping[int, RosterState] = field(default_factory=dict)

    @classmethod
    def read(cls, locations: Collection[int], practices: Collection[int]) -> "Places":
        """Everything on record about the locations, of whatever day, and the settings of the practices."""
        held: dict[int, list[Held]] = {}
        for row in plain_rows(LOCATIONS, locations):
            held.setdefault(row["location_id"], []).append(_held(row))
        settings = plain_rows(SETTINGS, practices)
        return cls(
            held=held,
            switches=_switches([row for row in settings if row["code"]]),
            detectors={
                row["practice_id"]: frozenset(json.loads(row["setting"]))
                for row in settings
                if not row["code"]
            },
            screens_words=frozenset(row["practice_id"] for row in settings if row["words"]),
            rosters={row["practice_id"]: _roster(row) for row in settings if row["roster"]},
        )

    def of(self, location: int, at: datetime) -> Held | None:
        """What holds at the location on the day of `at`; None if nothing is on record for it."""
        begun = [one for one in self.held.get(location, ()) if one.from_date <= at.date()]
        return begun[-1] if begun else None


def _held(row: Row) -> Held:
    """One row about a location as the gate sees it."""
    facts = PlaceFacts(
        state=row["state"],
        profession=row["profession"],
        hospital=bool(row["hospital"]),
        part2=bool(row["part2"]),
        small=bool(row["small_town"]),
    )
    return Held(row["from_date"], row["legal_entity"], facts)


def _roster(row: Row) -> RosterState:
    """How far a practice's roster is built."""
    return RosterState(row["key_id"], row["next_key_id"], bool(row["people"]))


def _switches(rows: list[Row]) -> dict[int, dict[str, bool]]:
    """The latest switch of each rule; off switches carry their number below zero."""
    found: dict[int, dict[str, bool]] = {}
    for row in sorted(rows, key=lambda row: abs(row["id"])):
        found.setdefault(row["practice_id"], {})[row["code"]] = row["id"] > 0
    return found
