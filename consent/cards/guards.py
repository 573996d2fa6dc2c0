"""What the database refuses about events: what was offered stays as it was, codes and cards are kept."""

from consent.audit.guards import no_delete, refuse_update

FIXED = (
    "name",
    "day",
    "place",
    "location_id",
    "template_id",
    "offered",
    "ends_on",
    "privacy_notice",
    "host_id",
)
CHANGED = " OR ".join(f"CAST(OLD.{one} AS text) IS DISTINCT FROM CAST(NEW.{one} AS text)" for one in FIXED)

GUARDS = [
    no_delete("consent_gathering", "an event is kept"),
    refuse_update("consent_gathering", "an event stays as it was opened", CHANGED),
    no_delete("consent_poster", "a poster is kept", "token_digest"),
    no_delete("consent_card", "a card is kept", "ceremony_id", "gathering_id number", "gathering_id once"),
    refuse_update(
        "consent_card",
        "a card keeps its number and its guest",
        "OLD.number IS DISTINCT FROM NEW.number OR OLD.ceremony_id IS DISTINCT FROM NEW.ceremony_id"
        " OR OLD.gathering_id IS DISTINCT FROM NEW.gathering_id",
    ),
]
