"""What the database refuses about consents: no edit, no delete; and what ends one waits for the person's row."""

from consent.audit.guards import Guard, append_only, locks_person, no_delete, refuse_update

# Every record of the human being that {one} is a record of: merges make a star around one head.
HALVES = """
  SELECT {one} AS id
  UNION SELECT g.into_id FROM consent_merge g WHERE g.undone_at IS NULL AND g.person_id = {one}
  UNION SELECT g.person_id FROM consent_merge g WHERE g.undone_at IS NULL AND g.into_id = {one}
  UNION SELECT k.person_id FROM consent_merge g JOIN consent_merge k ON k.into_id = g.into_id AND k.undone_at IS NULL
    WHERE g.undone_at IS NULL AND g.person_id = {one}"""

# What an executed disposal names: by two people, past its date, and not held on any record of the person. No clock is
# read: the row has its own.
DISPOSED = (
    """EXISTS (SELECT 1 FROM consent_disposal d WHERE d.what = '{what}' AND d.row_id = OLD.id
  AND d.executed_at IS NOT NULL AND d.executed_by_id <> d.proposed_by_id AND d.retain_until <= {day}
  AND d.cancelled_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM consent_legalhold h WHERE h.lifted_at IS NULL AND h.person_id IN ("""
    + HALVES.replace("{one}", "d.person_id")
    + """)
    AND (h.consent_id IS NULL OR d.consent_id IS NULL OR h.consent_id = d.consent_id)))"""
)


def only_disposed(table: str, what: str) -> Guard:
    """Refuse DELETE on `table` but of what an executed disposal of the kind `what` names; TRUNCATE always."""
    name, sentence = f"guard_{table}_only_disposed", "only an executed disposal erases this"
    in_sqlite = DISPOSED.format(what=what, day="date(d.executed_at)")
    in_postgres = DISPOSED.format(what=what, day="(d.executed_at AT TIME ZONE 'UTC')::date")
    return Guard(
        name,
        (
            f"CREATE TRIGGER {name} BEFORE DELETE ON {table} WHEN NOT {in_sqlite}"
            f" BEGIN SELECT RAISE(ABORT, '{sentence}'); END",
        ),
        (
            f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF TG_OP = 'DELETE' THEN
                IF {in_postgres} THEN RETURN OLD; END IF;
              END IF;
              RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
            f"CREATE OR REPLACE TRIGGER {name} BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
            f"CREATE OR REPLACE TRIGGER {name}_all BEFORE TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
        ),
    )


GUARDS = [
    *append_only("consent_consent", "signature_id"),
    *append_only("consent_revocation"),
    *append_only("consent_invalidation"),
    *append_only("consent_endingevent"),
    no_delete("consent_hold", "a hold is kept"),
    refuse_update(
        "consent_hold",
        "a hold is lifted once and otherwise kept",
        "OLD.lifted_at IS NOT NULL OR OLD.person_id IS DISTINCT FROM NEW.person_id"
        " OR OLD.consent_id IS DISTINCT FROM NEW.consent_id"
        " OR OLD.placed_at IS DISTINCT FROM NEW.placed_at",
    ),
    refuse_update(
        "consent_hold",
        "the two who disagree are still to be settled",
        "EXISTS (SELECT 1 FROM consent_disagreement d WHERE d.hold_id = OLD.id AND d.settled_at IS NULL)",
        "while_they_disagree",
    ),
    no_delete("consent_disagreement", "a disagreement is kept", "hold_id"),
    refuse_update(
        "consent_disagreement",
        "a disagreement is settled once and otherwise kept",
        "OLD.settled_at IS NOT NULL OR OLD.person_id IS DISTINCT FROM NEW.person_id"
        " OR OLD.objector_id IS DISTINCT FROM NEW.objector_id OR OLD.hold_id IS DISTINCT FROM NEW.hold_id"
        " OR OLD.how IS DISTINCT FROM NEW.how OR OLD.recorded_at IS DISTINCT FROM NEW.recorded_at"
        " OR OLD.recorded_by IS DISTINCT FROM NEW.recorded_by",
    ),
    *append_only("consent_refusal"),
    *append_only("consent_renewalrequest"),
    no_delete("consent_quiettime", "a time of not asking is kept"),
    refuse_update(
        "consent_quiettime",
        "a time of not asking ends once and otherwise stays",
        "OLD.ended_at IS NOT NULL OR OLD.person_id IS DISTINCT FROM NEW.person_id"
        " OR OLD.visit_on IS DISTINCT FROM NEW.visit_on OR OLD.until IS DISTINCT FROM NEW.until",
    ),
    *append_only("consent_notarization"),
    no_delete("consent_reask", "a request to sign again is kept", "person_id wording_id"),
    refuse_update(
        "consent_reask",
        "a request to sign again is closed once and otherwise kept",
        "OLD.closed_at IS NOT NULL OR OLD.person_id IS DISTINCT FROM NEW.person_id"
        " OR OLD.wording_id IS DISTINCT FROM NEW.wording_id OR OLD.why IS DISTINCT FROM NEW.why"
        " OR OLD.asked_at IS DISTINCT FROM NEW.asked_at OR OLD.asked_by_id IS DISTINCT FROM NEW.asked_by_id",
    ),
    *append_only("consent_disclosure", "consent_id reference"),
    no_delete("consent_legalhold", "a legal hold is kept"),
    refuse_update(
        "consent_legalhold",
        "a legal hold is lifted once and otherwise kept",
        "OLD.lifted_at IS NOT NULL OR OLD.person_id IS DISTINCT FROM NEW.person_id"
        " OR OLD.consent_id IS DISTINCT FROM NEW.consent_id OR OLD.why IS DISTINCT FROM NEW.why"
        " OR OLD.placed_at IS DISTINCT FROM NEW.placed_at OR OLD.placed_by_id IS DISTINCT FROM NEW.placed_by_id",
    ),
    no_delete("consent_disposal", "a disposal is kept", "what row_id", among="cancelled_at IS NULL"),
    refuse_update(
        "consent_disposal",
        "a disposal is executed or cancelled once and otherwise kept",
        "OLD.executed_at IS NOT NULL OR OLD.cancelled_at IS NOT NULL"
        " OR OLD.row_id IS DISTINCT FROM NEW.row_id OR OLD.what IS DISTINCT FROM NEW.what"
        " OR OLD.person_id IS DISTINCT FROM NEW.person_id OR OLD.consent_id IS DISTINCT FROM NEW.consent_id"
        " OR OLD.retain_until IS DISTINCT FROM NEW.retain_until"
        " OR OLD.proposed_by_id IS DISTINCT FROM NEW.proposed_by_id",
    ),
    only_disposed("consent_signaturemark", "mark"),
    only_disposed("consent_contactpoint", "contact"),
    locks_person("consent_revocation"),
    locks_person("consent_hold"),
    locks_person("consent_invalidation"),
    locks_person("consent_endingevent"),
]
