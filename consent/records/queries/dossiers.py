"""Dossiers: what the rules need to know of people and their consents, by four plain SQL queries.

The gate stands on these on its way to every publication. Written by hand they take a tenth of the time that the
same reading takes through model instances (`./postern bench`); both engines speak this SQL.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from consent.people.queries import identities_confirmed

from ..rules import PersonFacts, RevocationFact, Scope, Terms
from .plain import Row, day, instant, plain_rows

PEOPLE = """SELECT p.id, p.date_of_birth, p.deceased_on, p.emancipated, p.own_consent_service,
      EXISTS (SELECT 1 FROM consent_relation r WHERE r.person_id = p.id AND r.kind = 'patient') AS patient
    FROM consent_person p WHERE p.id IN ({ids})"""
# What came to be known since: what ended a consent, requests to stop, what consents end on, ties to the practice.
SINCE = """SELECT 'ending' AS what, person_id, consent_id, received_at AS at, '' AS kind, part
      FROM consent_revocation WHERE person_id IN ({ids})
    UNION ALL SELECT 'ending', person_id, consent_id, at, reason, NULL FROM consent_invalidation
      WHERE person_id IN ({ids})
    UNION ALL SELECT 'hold', person_id, consent_id, placed_at, note, NULL FROM consent_hold
      WHERE person_id IN ({ids}) AND lifted_at IS NULL
    UNION ALL SELECT 'event', person_id, NULL, occurred_at, kind, NULL FROM consent_endingevent
      WHERE person_id IN ({ids})
    UNION ALL SELECT 'tie', person_id, NULL, NULL, kind, NULL FROM consent_connection
      WHERE person_id IN ({ids}) AND ended_at IS NULL"""
CONSENTS = """SELECT c.id, c.kind, c.person_id, c.signer_role, c.signed_at, c.effective_from, c.zone, c.scope,
      c.discloser, c.ends_on, c.ends_event, c.statements, c.defects, c.language, c.print_points, c.stands_alone,
      c.longer_on_request, w.effective_from AS wording_from, s.signer_language, s.interpreter,
      s.capacity_attested_by_id, e.authority, e.description, e.verified_at, e.ended_at, e.excluded_at,
      y.given_at AS copy_given_at,
      CASE WHEN d.ledger_seq IS NULL THEN 0 WHEN f.seal = 'pades' OR s.method = 'paper' THEN 1
        WHEN EXISTS (SELECT 1 FROM consent_sealcertificate k WHERE k.practice_id = f.practice_id AND k.role = 'seal'
          AND k.made_at <= f.rendered_at) THEN 0 ELSE 1 END AS evidence_complete,
      (SELECT MIN(n.notarized_on) FROM consent_notarization n WHERE n.consent_id = c.id) AS notarized_on,
      (SELECT MIN(u.reference) FROM consent_disclosure u WHERE u.consent_id = c.id) AS first_use,
      (SELECT MAX(u.reference) FROM consent_disclosure u WHERE u.consent_id = c.id) AS last_use,
      CASE WHEN w.translation_of_id IS NULL OR NOT EXISTS (SELECT 1 FROM consent_wording m JOIN consent_wording o
        ON o.id = w.translation_of_id WHERE m.template_id = w.template_id AND m.language = o.language
          AND m.is_foreign = o.is_foreign AND m.effective_from > o.effective_from AND m.effective_from <= c.signed_at)
        THEN 1 ELSE 0 END AS translation_current
    FROM consent_consent c
    JOIN consent_wording w ON w.id = c.wording_id
    LEFT JOIN consent_signature s ON s.id = c.signature_id
    LEFT JOIN consent_signeddocument d ON d.signature_id = s.id
    LEFT JOIN consent_document f ON f.id = d.document_id
    LEFT JOIN consent_representation e ON e.id = c.representation_id
    LEFT JOIN (SELECT signature_id, MIN(given_at) AS given_at FROM consent_copygiven WHERE signature_id IN
        (SELECT signature_id FROM consent_consent WHERE person_id IN ({ids})) GROUP BY signature_id) y
      ON y.signature_id = s.id
    WHERE c.person_id IN ({ids}) ORDER BY c.id"""


@dataclass(frozen=True)
class Dossier:
    """What the rules need to know of one person: the facts and every consent, of merged halves too.

    `connections` are the kinds of what ties them to the practice beyond care (R87, R88). `disputed_since` is since
    when two who may sign disagree; it is among what holds the person as well.
    """

    person: PersonFacts
    terms: tuple[Terms, ...]
    connections: frozenset[str] = frozenset()
    disputed_since: datetime | None = None

    @classmethod
    def unknown(cls, person_id: int) -> "Dossier":
        """Someone of whom nothing is known: nothing is allowed."""
        return cls(PersonFacts.unknown(person_id), ())


def dossiers(person_ids: Collection[int]) -> dict[int, Dossier]:
    """The dossier of each person that exists. A hold or death of a merged half binds the whole (design 4).

    What a half permits counts for the whole once two people said that they are one.
    """
    if not person_ids:
        return {}
    whole = identities_confirmed(person_ids)
    halves = {person: one.records for person, one in whole.items()}
    everyone = sorted({half for group in halves.values() for half in group})
    people = {row["id"]: row for row in plain_rows(PEOPLE, everyone)}
    since: dict[str, list[Row]] = defaultdict(list)
    for row in plain_rows(SINCE, everyone):
        since[row["what"]].append(row)
    held = _earliest((row["person_id"], row) for row in since["hold"] if row["consent_id"] is None)
    disputed = _earliest((row["person_id"], row) for row in since["hold"] if row["kind"] == "disagreement")
    terms = _terms_of(everyone, since)
    ties: dict[int, set[str]] = defaultdict(set)
    for row in since["tie"]:
        ties[row["person_id"]].add(row["kind"])
    return {
        person_id: Dossier(
            _person_facts(people[person_id], [people[half] for half in group if half in people], held),
            tuple(
                one
                for one in _bound_together([one for half in sorted(group) for one in terms.get(half, ())])
                if one.person_id in whole[person_id].permitting
            ),
            frozenset().union(*(ties[half] for half in group)),
            min((disputed[half] for half in group if half in disputed), default=None),
        )
        for person_id, group in halves.items()
        if person_id in people
    }


def _bound_together(terms: list[Terms]) -> Iterable[Terms]:
    """The consents of one human being: what was withdrawn on one record counts for older ones on another (design 4)."""
    if len({one.person_id for one in terms}) < 2:
        return terms
    withdrawn = [
        (one.person_id, revocation.received_at)
        for one in terms
        for revocation in one.revocations
        if not revocation.part
    ]
    return [
        replace(
            one,
            withdrawn_elsewhere_at=min(
                (at for person, at in withdrawn if person != one.person_id and at >= one.signed_at),
                default=None,
            ),
        )
        for one in terms
    ]


def _earliest(rows: Iterable[tuple[Any, Row]]) -> dict[Any, datetime]:
    """The earliest instant of the rows with each key."""
    found: dict[Any, datetime] = {}
    for key, row in rows:
        at = instant(row["at"])
        found[key] = min(found.get(key, at), at)
    return found


def _person_facts(person: Row, halves: list[Row], held: dict[int, datetime]) -> PersonFacts:
    """A person's facts with those of merged halves, the stricter one each time."""
    deaths = [half["deceased_on"] for half in halves if half["deceased_on"]]
    holds = [held[half["id"]] for half in halves if half["id"] in held]
    return PersonFacts(
        id=person["id"],
        born=person["date_of_birth"],
        deceased_on=min(deaths, default=None),
        emancipated=bool(person["emancipated"]),
        own_consent_service=any(half["own_consent_service"] for half in halves),
        held_since=min(holds, default=None),
        patient=any(half["patient"] for half in halves),
    )


def _terms_of(person_ids: Collection[int], since: dict[str, list[Row]]) -> dict[int, list[Terms]]:
    """The terms of every consent, by person."""
    occurred = _earliest(((row["person_id"], row["kind"]), row) for row in since["event"])
    held = _earliest((row["consent_id"], row) for row in since["hold"] if row["consent_id"])
    endings: dict[int, list[Row]] = defaultdict(list)
    for row in since["ending"]:
        endings[row["consent_id"]].append(row)
    found: dict[int, list[Terms]] = defaultdict(list)
    for row in plain_rows(CONSENTS, person_ids):
        event = occurred.get((row["person_id"], row["ends_event"]))
        found[row["person_id"]].append(_terms(row, endings[row["id"]], event, held.get(row["id"])))
    return found


def _terms(row: Row, endings: list[Row], occurred: datetime | None, held: datetime | None) -> Terms:
    """One consent as the rules see it."""
    endings = sorted(endings, key=lambda one: instant(one["at"]))
    invalidated = next((one for one in endings if one["kind"]), None)
    return Terms(
        consent_id=row["id"],
        kind=row["kind"],
        person_id=row["person_id"],
        signer_role=row["signer_role"],
        signed_at=row["signed_at"],
        effective_from=row["effective_from"],
        zone=row["zone"],
        scope=_scope(row["scope"]),
        discloser=row["discloser"],
        authority=row["authority"] or "",
        authority_described=bool(row["description"] and row["description"].strip()),
        authority_verified=row["verified_at"] is not None,
        authority_ended_at=row["ended_at"],
        representative_excluded=row["excluded_at"] is not None,
        ends_on=row["ends_on"],
        ends_event=row["ends_event"],
        event_occurred_at=occurred,
        wording_effective_from=row["wording_from"],
        anchors=_keys(row["statements"]),
        defects=_keys(row["defects"]),
        # The document is stored and in the ledger, and sealed unless it is paper or from before there was a seal (R71,
        # R73); the copy is asked apart (R12).
        evidence_complete=bool(row["evidence_complete"]),
        copy_given_at=instant(row["copy_given_at"]) if row["copy_given_at"] else None,
        capacity_attested=row["capacity_attested_by_id"] is not None,
        # In the language the signer had then, or an interpreter is recorded (45 CFR 92.201; R94).
        language_understood=row["signer_language"] == row["language"] or bool(row["interpreter"]),
        # No newer master was in force when the translation was signed (R95).
        translation_current=bool(row["translation_current"]),
        print_points=row["print_points"],
        stands_alone=bool(row["stands_alone"]),
        longer_on_request=bool(row["longer_on_request"]),
        notarized_on=day(row["notarized_on"]),
        uses=frozenset(use for use in (row["first_use"], row["last_use"]) if use),
        held_since=held,
        withdrawn_elsewhere_at=None,
        invalidated=invalidated["kind"] if invalidated else "",
        invalidated_at=instant(invalidated["at"]) if invalidated else None,
        revocations=tuple(_revocation(one) for one in endings if not one["kind"]),
    )


def _revocation(row: Row) -> RevocationFact:
    """A revocation as the rules see it."""
    part = json.loads(row["part"])
    return RevocationFact(
        instant(row["at"]), {name: frozenset(str(key) for key in keys) for name, keys in part.items()}
    )


@lru_cache(maxsize=1000)
def _scope(stored: str) -> Scope:
    """A stored scope; most consents hold one of a few, and it never changes."""
    return Scope.from_json(json.loads(stored))


@lru_cache(maxsize=1000)
def _keys(stored: str) -> frozenset[str]:
    """A stored list of keys; alike in most consents."""
    return frozenset(json.loads(stored))
