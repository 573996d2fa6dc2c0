"""How far the look at renditions is: faces nobody named, writing nobody explained, whether anybody looked at all.

The pieces of SQL are one with what the gate reads of stored versions (`contents`): `r` is the rendition's row.
"""

from collections.abc import Collection
from dataclasses import dataclass

from consent.records.queries import plain_rows

# The latest look that detectors finished at a rendition.
LATEST_LOOK = """LEFT JOIN consent_picturescan c ON c.id = (SELECT MAX(l.id) FROM consent_picturescan l
      WHERE l.rendition_id = r.id AND l.state = 'looked')"""
_SEEN = """(SELECT COUNT(*) FROM consent_sighting g WHERE g.kind {kinds} AND g.settled NOT IN ('named', 'attested')
        AND g.scan_id = c.id)"""
# A cut or covered copy that nobody has looked at yet counts as somebody whom nobody named; a refused one always does.
_OPEN_FACES = (
    _SEEN.format(kinds="= 'face'")
    + """
        + CASE WHEN r.refused_at IS NOT NULL OR (r.origin_id IS NOT NULL AND c.id IS NULL
            AND NOT EXISTS (SELECT 1 FROM consent_backgroundreview b WHERE b.rendition_id = r.id))
          THEN 1 ELSE 0 END"""
)
# Nothing was seen in a picture, or a person looked over everything since; a video is always watched (R33, R38).
_LOOKED_OVER = """CASE WHEN (c.faces + c.texts + c.codes = 0
          AND (SELECT k.kind FROM consent_asset k WHERE k.id = r.asset_id) = 'image')
        OR EXISTS (SELECT 1 FROM consent_backgroundreview b
          WHERE b.rendition_id = r.id AND (c.id IS NULL OR b.scan_id = c.id))
        THEN 1 ELSE 0 END"""
SIGHT = f"""{_OPEN_FACES} AS open_faces,
      {_SEEN.format(kinds="IN ('text', 'code')")} AS open_writing,
      CASE WHEN c.id IS NULL THEN 0 ELSE 1 END AS detected,
      {_LOOKED_OVER} AS looked_over"""
_ASKED = """CASE WHEN EXISTS (SELECT 1 FROM consent_picturescan w WHERE w.state = 'asked'
          AND w.id = (SELECT MAX(n.id) FROM consent_picturescan n WHERE n.rendition_id = r.id)) THEN 1 ELSE 0 END"""
SIGHTS = (
    f"SELECT r.id, {SIGHT}, {_ASKED} AS asked FROM consent_rendition r {LATEST_LOOK} WHERE r.id IN ({{ids}})"
)


@dataclass(frozen=True)
class Sights:
    """How many faces and writings of a rendition are open; whether detectors and people have looked, or shall again.

    `detected` says that every detector ran over it, `looked_over` that nothing was seen or a person saw it all.
    """

    faces: int = 0
    writing: int = 0
    detected: bool = False
    looked_over: bool = False
    asked: bool = False


def sights(renditions: Collection[int]) -> dict[int, Sights]:
    """How far the look at each rendition is that exists, by its number, in one query; none for none."""
    rows = plain_rows(SIGHTS, renditions) if renditions else ()
    return {
        row["id"]: Sights(
            row["open_faces"],
            row["open_writing"],
            bool(row["detected"]),
            bool(row["looked_over"]),
            bool(row["asked"]),
        )
        for row in rows
    }
