"""What the database refuses about approved replies."""

from consent.audit.guards import no_delete, refuse_update

GUARDS = [
    no_delete("posts_cannedreply", "what could be sent to anybody is kept"),
    refuse_update(
        "posts_cannedreply",
        "an approved reply is approved once, retired once, and otherwise stays as it is",
        "OLD.retired_at IS NOT NULL OR OLD.text IS DISTINCT FROM NEW.text OR OLD.folded IS DISTINCT FROM NEW.folded"
        " OR OLD.language IS DISTINCT FROM NEW.language OR OLD.practice_id IS DISTINCT FROM NEW.practice_id"
        " OR OLD.proposed_by_id IS DISTINCT FROM NEW.proposed_by_id"
        " OR OLD.proposed_at IS DISTINCT FROM NEW.proposed_at"
        " OR (OLD.confirmed_at IS NOT NULL AND (OLD.confirmed_at IS DISTINCT FROM NEW.confirmed_at"
        " OR OLD.confirmed_by_id IS DISTINCT FROM NEW.confirmed_by_id))",
    ),
]
