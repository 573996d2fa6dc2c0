"""What is open of the look at renditions: faces nobody named, writing nobody explained, a look that nobody could take.

The pieces of SQL are one with what the gate reads of stored versions (`contents`): `r` is the rendition's row.
"""

from collections.abc import Collection
from dataclasses import dataclass

from consent.records.queries import plain_rows

_SEEN = """(SELECT COUNT(*) FROM consent_sighting g WHERE g.kind {kinds} AND g.settled NOT IN ('named', 'attested')
        AND g.scan_id = (SELECT MAX(c.id) FROM consent_picturescan c
          WHERE c.rendition_id = r.id AND c.state = 'looked'))"""
# A cut or covered copy that nobody has looked at yet counts as somebody whom nobody named; a refused one always does.
OPEN_FACES = (
    _SEEN.format(kinds="= 'face'")
    + """
        + CASE WHEN r.refused_at IS NOT NULL OR (r.origin_id IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM consent_picturescan c WHERE c.rendition_id = r.id AND c.state = 'looked')
            AND NOT EXISTS (SELECT 1 FROM consent_backgroundreview b WHERE b.rendition_id = r.id))
          THEN 1 ELSE 0 END"""
)
OPEN_WRITING = _SEEN.format(kinds="IN ('text', 'code')")
# Its latest look was left to a person, and none has looked over it since.
WAITS = """CASE WHEN EXISTS (SELECT 1 FROM consent_picturescan w WHERE w.state = 'waiting'
          AND w.id = (SELECT MAX(n.id) FROM consent_picturescan n WHERE n.rendition_id = r.id)
          AND NOT EXISTS (SELECT 1 FROM consent_backgroundreview b WHERE b.scan_id = w.id)) THEN 1 ELSE 0 END"""
_ASKED = """CASE WHEN EXISTS (SELECT 1 FROM consent_picturescan w WHERE w.state = 'asked'
          AND w.id = (SELECT MAX(n.id) FROM consent_picturescan n WHERE n.rendition_id = r.id)) THEN 1 ELSE 0 END"""
SIGHTS = (
    f"SELECT r.id, {OPEN_FACES} AS open_faces, {OPEN_WRITING} AS open_writing, {WAITS} AS waits, {_ASKED} AS asked"
    " FROM consent_rendition r WHERE r.id IN ({ids})"
)


@dataclass(frozen=True)
class Sights:
    """How many faces and writings of a rendition are open; whether a person has to look, or a look is asked for."""

    faces: int = 0
    writing: int = 0
    waits: bool = False
    asked: bool = False


def sights(renditions: Collection[int]) -> dict[int, Sights]:
    """What is open of each rendition that exists, by its number, in one query; none for none."""
    rows = plain_rows(SIGHTS, renditions) if renditions else ()
    return {
        row["id"]: Sights(row["open_faces"], row["open_writing"], bool(row["waits"]), bool(row["asked"]))
        for row in rows
    }
