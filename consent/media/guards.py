"""What the database refuses about looks at pictures: what was seen stays counted, and where is only ever dropped."""

from consent.audit.guards import append_only, no_delete, refuse_update

KEPT_OF_A_LOOK = ("rendition_id", "looked_at", "faces", "texts", "codes")
KEPT_OF_A_CUT = ("rendition_id", "appearance_id", "elements", "wholly", "said_by_id", "said_at")
KEPT_OF_A_SIGHT = ("scan_id", "number", "kind")


def changed(*columns: str) -> str:
    """One of the columns differs."""
    return " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)


GUARDS = [
    no_delete("consent_picturescan", "a look at a picture is kept"),
    refuse_update(
        "consent_picturescan",
        "what the detectors saw stays as it is",
        f"OLD.state = 'looked' AND (NEW.state <> 'looked' OR {changed(*KEPT_OF_A_LOOK)})",
    ),
    no_delete("consent_sighting", "a sighting is kept", "scan_id number"),
    refuse_update(
        "consent_sighting",
        "what was seen is dropped after the review, and otherwise stays",
        f"{changed(*KEPT_OF_A_SIGHT)} OR (OLD.seen IS DISTINCT FROM NEW.seen AND NEW.seen <> '')"
        " OR (OLD.seen = '' AND NEW.settled <> '' AND OLD.settled IS DISTINCT FROM NEW.settled)",
    ),
    *append_only("consent_backgroundreview"),
    no_delete("consent_pictureupload", "an upload is kept"),
    refuse_update(
        "consent_asset",
        "a picture that was taken back stays so",
        "OLD.taken_back_at IS NOT NULL AND OLD.taken_back_at IS DISTINCT FROM NEW.taken_back_at",
    ),
    no_delete(
        "consent_cutaway",
        "what a cut took away is kept",
        "rendition_id appearance_id",
        among="removed_at IS NULL AND NEW.removed_at IS NULL",
    ),
    refuse_update(
        "consent_cutaway",
        "what a cut took away is only ever taken back",
        f"{changed(*KEPT_OF_A_CUT)} OR OLD.removed_at IS NOT NULL",
    ),
]
