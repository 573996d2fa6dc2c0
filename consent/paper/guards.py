"""What the database refuses about forms on paper: no edit, and no comparison by whoever keyed first."""

from consent.audit.guards import Guard, append_only, no_delete, refuse_update

SAME = "SELECT 1 FROM consent_keying k WHERE k.scan_id = NEW.scan_id AND k.turn = '{turn}'{but}"
FIRST_BY_ANOTHER = SAME.format(turn="first", but=" AND k.by_id <> NEW.by_id")
SECOND_BY_ANYONE = SAME.format(turn="second", but="")


def compared_by_another() -> Guard:
    """A comparison rests on two keyings, and is made by somebody else than the first (R74)."""
    name = "guard_consent_comparison_insert"
    sentence = "a form is compared by somebody who did not key it first"
    refused = f"NOT EXISTS ({FIRST_BY_ANOTHER}) OR NOT EXISTS ({SECOND_BY_ANYONE})"
    return Guard(
        name,
        (
            f"CREATE TRIGGER {name} BEFORE INSERT ON consent_comparison WHEN {refused}"
            f" BEGIN SELECT RAISE(ABORT, '{sentence}'); END",
        ),
        (
            f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF {refused} THEN
                RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation';
              END IF; RETURN NEW; END $$""",
            f"CREATE OR REPLACE TRIGGER {name} BEFORE INSERT ON consent_comparison"
            f" FOR EACH ROW EXECUTE FUNCTION {name}()",
        ),
    )


def may_be_emptied(table: str, column: str, *kept: str) -> Guard:
    """Nothing of a row changes but that `column` is emptied."""
    changed = " OR ".join(f"CAST(OLD.{one} AS text) IS DISTINCT FROM CAST(NEW.{one} AS text)" for one in kept)
    return refuse_update(
        table,
        f"{table} stays as it is",
        f"{changed} OR (OLD.{column} IS DISTINCT FROM NEW.{column} AND NEW.{column} <> '')",
    )


GUARDS = [
    no_delete("consent_printing", "a printed form is kept", "number", "ceremony_id text_sha256"),
    may_be_emptied(
        "consent_printing", "filled", "ceremony_id", "number", "text_sha256", "pages", "printed_at"
    ),
    *append_only("consent_scan", "printing_id document_id"),
    no_delete("consent_keying", "a keying is kept", "scan_id turn", "scan_id by_id"),
    may_be_emptied("consent_keying", "words", "scan_id", "turn", "said", "by_id", "at"),
    *append_only("consent_comparison", "scan_id", "consent_id"),
    compared_by_another(),
    *append_only("consent_original"),
]
