"""The last line (design 5): no delivery becomes *sending*, and nothing is prepared, without a decision for exactly it.

The triggers find every person by themselves and read no clock: the instant is the row's own. Both engines get the
same condition, written once below.
"""

import re

from consent.audit.guards import Guard, append_only, no_delete
from consent.records.guards import HALVES

from .rules import NEXT

REFUSED = "the gate did not allow this delivery"

# Everyone the version mentions or shows, and the authors of what it reuses. Of whom a cut or covered copy shows nothing
# any more, somebody has said so, as `posts.content.queries` reads it too (R39).
PEOPLE = """
  SELECT m.person_id FROM posts_mention m WHERE m.version_id = {version}
  UNION SELECT a.person_id FROM posts_versionmedia vm
    JOIN consent_rendition r ON r.id = vm.rendition_id JOIN consent_appearance a ON a.asset_id = r.asset_id
    WHERE vm.version_id = {version} AND a.removed_at IS NULL AND NOT a.masked AND a.person_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM consent_cutaway x JOIN consent_asset y ON y.id = a.asset_id
        WHERE x.rendition_id = r.id AND x.appearance_id = a.id AND x.wholly AND x.removed_at IS NULL
          AND y.taken_by = 'workforce')
  UNION SELECT s.author_id FROM posts_versionmedia vm
    JOIN consent_rendition r ON r.id = vm.rendition_id JOIN consent_asset s ON s.id = r.asset_id
    WHERE vm.version_id = {version} AND s.source = 'user' AND s.author_id IS NOT NULL
  UNION SELECT o.origin_author_id FROM posts_version v JOIN posts_post o ON o.id = v.post_id
    WHERE v.id = {version} AND o.origin_author_id IS NOT NULL"""

# A consent that the decision relied on and that still stands at the instant, with no revocation it did not know.
STANDING = (
    """
  SELECT 1 FROM posts_reliance l JOIN consent_consent c ON c.id = l.consent_id
  WHERE l.decision_id = {decision} AND l.person_id = p.person_id
    AND c.person_id IN ("""
    + HALVES.replace("{one}", "p.person_id")
    + """)
    AND c.effective_from <= {at} AND (c.ends_at IS NULL OR c.ends_at > {at})
    AND l.revocations_known = (SELECT COUNT(*) FROM consent_revocation v WHERE v.consent_id = c.id)
    AND NOT EXISTS (SELECT 1 FROM consent_revocation v WHERE v.consent_id = c.id AND CAST(v.part AS text) = '{{}}')
    AND NOT EXISTS (SELECT 1 FROM consent_invalidation i WHERE i.consent_id = c.id)
    AND NOT EXISTS (SELECT 1 FROM consent_hold h WHERE h.lifted_at IS NULL
         AND (h.consent_id IS NULL OR h.consent_id = c.id)
         AND h.person_id IN ("""
    + HALVES.replace("{one}", "p.person_id")
    + """))
    AND NOT EXISTS (SELECT 1 FROM consent_endingevent e WHERE e.person_id = c.person_id
         AND e.kind = c.ends_event AND e.occurred_at <= {at})"""
)

# Dead for more than fifty years: nobody is asked any more (R30). The engines count years back differently.
LONG_DEAD = (
    "SELECT 1 FROM consent_person o WHERE o.id = p.person_id AND o.deceased_on < @fifty_years_before({at})"
)
FIFTY_YEARS_BEFORE = re.compile(r"@fifty_years_before\(([\w.]+)\)")
FIFTY_IN_SQLITE = r"date(\1, '-50 years')"
FIFTY_IN_POSTGRES = r"((\1 AT TIME ZONE 'UTC') - INTERVAL '50 years')::date"

# A third party that would get it and no longer works with us (R66).
GONE = """
  SELECT 1 FROM posts_version_recipients t JOIN consent_recipient r ON r.id = t.recipient_id
  WHERE t.version_id = {version} AND r.ended_at <= {at}"""

# What the decision says was cleared, and two different people did not clear for exactly this digest (R46).
CLEARED = "@cleared_in(d)"
CLEARED_IN_SQLITE = "(SELECT json_extract(value, '$.fingerprint') AS fingerprint FROM json_each(d.cleared))"
CLEARED_IN_POSTGRES = (
    "(SELECT value ->> 'fingerprint' AS fingerprint FROM jsonb_array_elements(d.cleared) AS named(value))"
)

DECIDED = (
    """
  EXISTS (SELECT 1 FROM posts_decision d WHERE d.id = {decision} AND d.allowed AND d.stage IN ({stages})
          AND d.version_id = {version} AND d.account_id = {account} AND d.digest = {digest} AND d.at = {at}
          AND NOT EXISTS (SELECT 1 FROM """
    + CLEARED
    + """ n WHERE NOT EXISTS (SELECT 1 FROM posts_clearing k
            WHERE k.version_id = d.version_id AND k.digest = d.digest AND k.fingerprint = n.fingerprint
              AND k.confirmed_at IS NOT NULL AND k.refused_at IS NULL AND k.confirmed_by_id <> k.proposed_by_id)))
  AND EXISTS (SELECT 1 FROM posts_approval r WHERE r.version_id = {version} AND r.digest = {digest})
  AND EXISTS (SELECT 1 FROM posts_attestation t WHERE t.version_id = {version} AND t.digest = {digest})
  AND NOT EXISTS (SELECT 1 FROM ("""
    + PEOPLE
    + """) p WHERE NOT EXISTS ("""
    + STANDING
    + """) AND NOT EXISTS ("""
    + LONG_DEAD
    + """))
  AND NOT EXISTS ("""
    + GONE
    + """)"""
)

SENDING = DECIDED.format(
    decision="NEW.decision_id",
    version="NEW.version_id",
    account="NEW.account_id",
    digest="NEW.digest",
    at="NEW.intent_at",
    stages="'intent', 'export'",
)
PREPARING = DECIDED.format(
    decision="NEW.prepare_decision_id",
    version="(SELECT version_id FROM posts_delivery WHERE id = NEW.delivery_id)",
    account="(SELECT account_id FROM posts_delivery WHERE id = NEW.delivery_id)",
    digest="NEW.digest",
    at="NEW.started_at",
    stages="'prepare'",
)


def _transitions() -> str:
    """The state table as SQL: true when NEW.state may follow OLD.state."""
    steps = [
        "(OLD.state = '{}' AND NEW.state IN ({}))".format(state, ", ".join(f"'{n}'" for n in sorted(after)))
        for state, after in NEXT.items()
    ]
    return " OR ".join(["OLD.state = NEW.state", *steps])


UPDATE_REFUSED = f"""
  NOT ({_transitions()})
  OR (NEW.state = 'sending' AND OLD.state <> 'sending' AND NOT ({SENDING}))
  OR ((NEW.state <> 'sending' OR OLD.state = 'sending') AND (OLD.decision_id IS DISTINCT FROM NEW.decision_id
      OR OLD.digest IS DISTINCT FROM NEW.digest OR OLD.intent_at IS DISTINCT FROM NEW.intent_at))
  OR (NEW.state = 'published' AND OLD.state <> 'published' AND NEW.decision_id IS NULL)
  OR OLD.version_id IS DISTINCT FROM NEW.version_id OR OLD.account_id IS DISTINCT FROM NEW.account_id"""
INSERT_REFUSED = "NEW.state NOT IN ('scheduled', 'found') OR NEW.decision_id IS NOT NULL"
PREPARE_REFUSED = (
    f"NEW.stage NOT IN ('preparing', 'sending') OR (NEW.stage = 'preparing' AND NOT ({PREPARING}))"
)


def _refusing(table: str, event: str, condition: str, version: str) -> Guard:
    """A trigger that refuses `event` on `table` when `condition` holds.

    On PostgreSQL it first takes the people of `version` for share, in id order, so that a revocation being
    received right now is waited for.
    """
    name = f"guard_{table}_{event.lower()}"
    in_sqlite = FIFTY_YEARS_BEFORE.sub(FIFTY_IN_SQLITE, condition).replace(CLEARED, CLEARED_IN_SQLITE)
    in_postgres = FIFTY_YEARS_BEFORE.sub(FIFTY_IN_POSTGRES, condition).replace(CLEARED, CLEARED_IN_POSTGRES)
    return Guard(
        name,
        (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {in_sqlite}"
            f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
        ),
        (
            f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF TG_TABLE_NAME = 'posts_attempt' OR to_jsonb(NEW) ->> 'state' = 'sending' THEN
                PERFORM 1 FROM consent_person WHERE id IN ({PEOPLE.format(version=version)}) ORDER BY id FOR SHARE;
              END IF;
              IF {in_postgres} THEN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
              END IF; RETURN NEW; END $$""",
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ),
    )


GUARDS = [
    no_delete("posts_delivery", "a delivery is kept", "version_id account_id occasion number", "decision_id"),
    no_delete("posts_attempt", "an attempt is kept", "delivery_id fence"),
    no_delete("posts_takedown", "a takedown is kept"),
    *append_only("posts_attemptreliance"),
    *append_only("posts_attemptpicture"),
    *append_only("posts_revocationeffect", "revocation_id"),
    _refusing("posts_delivery", "INSERT", INSERT_REFUSED, "NEW.version_id"),
    _refusing("posts_delivery", "UPDATE", UPDATE_REFUSED, "NEW.version_id"),
    _refusing(
        "posts_attempt",
        "INSERT",
        PREPARE_REFUSED,
        "(SELECT version_id FROM posts_delivery WHERE id = NEW.delivery_id)",
    ),
]
