"""What the database refuses about the practice's own words."""

from consent.audit.guards import no_delete, refuse_update

GUARDS = [
    no_delete("posts_ownwords", "what was known as ours is kept"),
    refuse_update(
        "posts_ownwords",
        "own words end once and otherwise stay as they are",
        "OLD.ended_at IS NOT NULL OR OLD.text IS DISTINCT FROM NEW.text OR OLD.folded IS DISTINCT FROM NEW.folded"
        " OR OLD.practice_id IS DISTINCT FROM NEW.practice_id OR OLD.added_by_id IS DISTINCT FROM NEW.added_by_id",
    ),
]
