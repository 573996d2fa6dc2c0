"""What the database refuses about stories and requests: what was seen, said and asked stays."""

from consent.audit.guards import Guard, append_only, no_delete, refuse_update

# A story whose author said no is left alone for good.
ASKED_AGAIN = "the author of this story said no thanks, so nobody asks again"
DECLINED = "SELECT 1 FROM posts_story s WHERE s.id = NEW.story_id AND s.declined_at IS NOT NULL"

GUARDS = [
    *append_only("posts_snapshot"),
    *append_only("posts_requestevent"),
    *append_only("posts_requestform", "ceremony_id"),
    no_delete("posts_story", "a story is kept", "practice_id same", among="NEW.same <> ''"),
    refuse_update(
        "posts_story",
        "where a story was found stays, and a no thanks is for good",
        "OLD.practice_id IS DISTINCT FROM NEW.practice_id OR OLD.address IS DISTINCT FROM NEW.address"
        " OR OLD.same IS DISTINCT FROM NEW.same OR OLD.found_by_id IS DISTINCT FROM NEW.found_by_id"
        " OR (OLD.declined_at IS NOT NULL AND OLD.declined_at IS DISTINCT FROM NEW.declined_at)",
    ),
    no_delete("posts_part", "who somebody was said to be is kept"),
    refuse_update(
        "posts_part",
        "who somebody was said to be ends once and otherwise stays",
        "OLD.ended_at IS NOT NULL OR OLD.story_id IS DISTINCT FROM NEW.story_id OR OLD.kind IS DISTINCT FROM NEW.kind"
        " OR OLD.person_id IS DISTINCT FROM NEW.person_id OR OLD.relation IS DISTINCT FROM NEW.relation"
        " OR OLD.age IS DISTINCT FROM NEW.age OR OLD.said_by_id IS DISTINCT FROM NEW.said_by_id",
    ),
    no_delete("posts_repostrequest", "a request is kept"),
    refuse_update(
        "posts_repostrequest",
        "an ended request stays as it is, and sent words stay as they were sent",
        "(OLD.ended_at IS NOT NULL AND (OLD.ended IS DISTINCT FROM NEW.ended"
        " OR OLD.ended_at IS DISTINCT FROM NEW.ended_at))"
        " OR (OLD.sent_at IS NOT NULL AND (OLD.sent_at IS DISTINCT FROM NEW.sent_at"
        " OR OLD.as_sent IS DISTINCT FROM NEW.as_sent))"
        " OR OLD.story_id IS DISTINCT FROM NEW.story_id OR OLD.post_id IS DISTINCT FROM NEW.post_id",
    ),
    Guard(
        "guard_posts_repostrequest_declined",
        (
            "CREATE TRIGGER guard_posts_repostrequest_declined BEFORE INSERT ON posts_repostrequest"
            f" WHEN EXISTS ({DECLINED}) BEGIN SELECT RAISE(ABORT, '{ASKED_AGAIN}'); END",
        ),
        (
            f"""CREATE OR REPLACE FUNCTION guard_posts_repostrequest_declined() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN IF EXISTS ({DECLINED}) THEN RAISE EXCEPTION '{ASKED_AGAIN}'
                USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$""",
            "CREATE OR REPLACE TRIGGER guard_posts_repostrequest_declined BEFORE INSERT ON posts_repostrequest"
            " FOR EACH ROW EXECUTE FUNCTION guard_posts_repostrequest_declined()",
        ),
    ),
    no_delete("posts_accountproof", "a proof is kept", "code_id"),
    refuse_update(
        "posts_accountproof",
        "a proof that was confirmed or ended stays as it is",
        "OLD.ended_at IS NOT NULL OR (OLD.confirmed_at IS NOT NULL AND"
        " (OLD.confirmed_by_id IS DISTINCT FROM NEW.confirmed_by_id"
        " OR OLD.confirmed_at IS DISTINCT FROM NEW.confirmed_at))"
        " OR OLD.request_id IS DISTINCT FROM NEW.request_id OR OLD.phrase IS DISTINCT FROM NEW.phrase"
        " OR (OLD.noted_at IS NOT NULL AND NEW.said <> '' AND OLD.said IS DISTINCT FROM NEW.said)",
    ),
]
