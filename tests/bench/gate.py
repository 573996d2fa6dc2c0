"""The gate: facts and decision, against one hand-written SQL query that returns the same rows."""

from collections.abc import Iterator

from django.db import connection

from posts.clearance.queries import rulings
from posts.content.models import Version
from tests.bench.people import make_people, make_versions
from tests.bench.timing import Row, going_round, in_turn
from tests.cast import NOW, Cast

SAME_ROWS = """
SELECT v.id, v.caption, v.format, v.paid, v.third_party_pays, v.disclosure, o.id, o.kind, o.purpose, o.author_id,
  a.id, a.platform, a.audience, a.closed_at, a.adapter, f.legal_entity,
  u.capacity, u.elements, u.asset_id, u.position, u.alt_text, u.sha256, u.metadata_stripped, u.source,
  p.id, p.date_of_birth, p.deceased_on, p.emancipated, p.own_consent_service,
  c.id, c.kind, c.signer_role, c.signed_at, c.effective_from, c.zone, c.scope, c.discloser, c.ends_on, c.ends_event,
  c.statements, c.defects, c.language, w.effective_from, g.language, s.interpreter,
  e.authority, e.description, e.verified_at, e.ended_at, e.excluded_at, d.id, d.ledger_seq,
  EXISTS (SELECT 1 FROM consent_copygiven y WHERE y.signature_id = c.signature_id),
  (SELECT MIN(h.placed_at) FROM consent_hold h WHERE h.person_id = p.id AND h.lifted_at IS NULL),
  (SELECT MIN(i.at) FROM consent_invalidation i WHERE i.consent_id = c.id),
  (SELECT MIN(n.occurred_at) FROM consent_endingevent n WHERE n.person_id = p.id AND n.kind = c.ends_event),
  r.received_at, r.part, m.into_id,
  (SELECT MAX(x.approved_at) FROM posts_approval x WHERE x.version_id = v.id),
  (SELECT COUNT(*) FROM posts_attestation t WHERE t.version_id = v.id)
FROM posts_version v
JOIN posts_post o ON o.id = v.post_id
JOIN posts_channelaccount a ON a.id = v.account_id
JOIN consent_locationfacts f ON f.location_id = a.discloser_id
JOIN (
  SELECT q.version_id, q.person_id, q.capacity, q.elements, NULL AS asset_id, NULL AS position, NULL AS alt_text,
    NULL AS sha256, NULL AS metadata_stripped, NULL AS source
  FROM posts_mention q WHERE q.version_id = %s
  UNION ALL
  SELECT k.version_id, l.person_id, l.capacity, l.elements, l.asset_id, k.position, k.alt_text,
    z.sha256, z.metadata_stripped, b.source
  FROM posts_versionmedia k JOIN consent_rendition z ON z.id = k.rendition_id
  JOIN consent_asset b ON b.id = z.asset_id
  JOIN consent_appearance l ON l.asset_id = b.id AND l.removed_at IS NULL WHERE k.version_id = %s
) u ON u.version_id = v.id
JOIN consent_person p ON p.id = u.person_id
LEFT JOIN consent_merge m ON m.person_id = p.id AND m.undone_at IS NULL
LEFT JOIN consent_consent c ON c.person_id = p.id
LEFT JOIN consent_person g ON g.id = c.signer_id
LEFT JOIN consent_wording w ON w.id = c.wording_id
LEFT JOIN consent_representation e ON e.id = c.representation_id
LEFT JOIN consent_signature s ON s.id = c.signature_id
LEFT JOIN consent_signeddocument d ON d.signature_id = s.id
LEFT JOIN consent_revocation r ON r.consent_id = c.id
WHERE v.id = %s
"""


def bench_gate(cast: Cast, people: int, consents: int, rounds: int) -> Iterator[Row]:
    """One decision at a time, and fifty together, as a list page asks them."""
    ids = make_versions(cast, make_people(cast, people, consents), 200)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    # Half a turn apart, so that neither finds the pages that the other has just read.
    ours, theirs = going_round(ids), going_round(ids[100:] + ids[:100])

    def decide_one() -> None:
        [ruling] = rulings([Version(pk=next(ours))], NOW, final=True)
        assert len(ruling.facts.people) == len(ruling.verdict.relied_on) == 3

    def select_one() -> None:
        with connection.cursor() as cursor:
            cursor.execute(SAME_ROWS, [next(theirs)] * 3)
            assert len(cursor.fetchall()) >= 3

    yield Row("gate, one post of three people", *in_turn(decide_one, select_one, rounds), "<= 3x")

    def decide_many() -> None:
        assert len(rulings([Version(pk=number) for number in ids[:50]], NOW, final=True)) == 50

    def select_many() -> None:
        for version in ids[:50]:
            with connection.cursor() as cursor:
                cursor.execute(SAME_ROWS, [version] * 3)
                cursor.fetchall()

    yield Row("gate, fifty posts together", *in_turn(decide_many, select_many, max(rounds // 10, 5)), "<= 3x")
