"""What the database refuses about questions: no delete, no second answer, no other words."""

from consent.audit.guards import no_delete, refuse_update

GUARDS = [
    no_delete("posts_question", "a question is kept"),
    refuse_update(
        "posts_question",
        "a question is answered once and otherwise kept",
        "OLD.answered_at IS NOT NULL OR OLD.words IS DISTINCT FROM NEW.words"
        " OR OLD.person_id IS DISTINCT FROM NEW.person_id OR OLD.link_id IS DISTINCT FROM NEW.link_id"
        " OR OLD.asked_at IS DISTINCT FROM NEW.asked_at",
    ),
]
