"""The closed list of events. Each names its fields and says where its personal data lives and how it is forgotten.

The ledger itself holds identifiers, keys and digests only, so that a person can be forgotten without breaking it.
`docs/ledger.md` shows this table; a house test compares the two.
"""

from dataclasses import dataclass

IN_ROWS = "in the person's erasable rows; the entry keeps only their id"
NONE = "none"
IN_EVIDENCE = "in the signature's mark and the stored document; erased by an executed disposal"
IN_SHOWN = "in what the signer is shown, sealed; the entry keeps digests and ids"
IN_MAIL = "in the message's address and text; erased once it was sent"
IN_NOTE = "in the note's sealed words; deleted three days after the event"
IN_QUESTION = "in the question's sealed words and answer; the entry keeps only the person's id"
IN_STORY = (
    "in the story's snapshot, sealed, and in the request's sealed words; the entry keeps digests and ids"
)
IN_CONTENT = "in the post's version and pictures; erased with them"


@dataclass(frozen=True)
class Event:
    """One kind of event: a sentence for the page, the fields it may carry, where its personal data lives."""

    sentence: str
    fields: frozenset[str]
    personal_data: str


def _event(sentence: str, fields: str = "", personal_data: str = NONE) -> Event:
    return Event(sentence, frozenset(fields.split()), personal_data)


EVENTS: dict[str, Event] = {
    # access
    "practice.opened": _event("opened the practice"),
    "practice.changed": _event("changed the practice's details", "fields"),
    "location.changed": _event("recorded a location's facts", "location state profession"),
    "member.added": _event("added a member", "user roles"),
    "member.changed": _event("changed a member's roles", "user roles"),
    "member.ended": _event("ended a membership", "user"),
    "member.signed_in": _event("signed in", "factor"),
    "member.locked_out": _event("was locked out after wrong passwords"),
    "pin.changed": _event("changed their PIN"),
    "password.changed": _event("set a new password"),
    "password.link_made": _event("made a one-time link to set a password", "user"),
    "second_factor.removed": _event("removed a member's second factor", "user"),
    # outbox
    "mail.sent": _event("sent a message", "kind about", IN_MAIL),
    "mail.stuck": _event("could not send a message", "kind about", IN_MAIL),
    "mail.bounced": _event("learned that a message came back", "kind about", IN_MAIL),
    "mail.retried": _event("tried a message again", "kind about", IN_MAIL),
    # people
    "person.added": _event("added a person", "relations", IN_ROWS),
    "person.changed": _event("changed a person's details", "fields", IN_ROWS),
    "person.viewed": _event("opened a person's record", "page", IN_ROWS),
    "person.died": _event("recorded a death", "", IN_ROWS),
    "person.joined": _event("said that a record is a member's own", "user", IN_ROWS),
    "person.parted": _event("said that a record is not that member's own", "user", IN_ROWS),
    "person.merged": _event("merged two records of one person", "into", IN_ROWS),
    "person.merge_confirmed": _event("confirmed that two records are one person", "into", IN_ROWS),
    "person.unmerged": _event("undid a merge", "into", IN_ROWS),
    "representation.added": _event("recorded who may sign", "representative authority verified", IN_ROWS),
    "representation.verified": _event("verified who may sign", "representative", IN_ROWS),
    "representation.ended": _event("ended who may sign", "representative", IN_ROWS),
    "representation.excluded": _event("excluded a representative", "representative", IN_ROWS),
    "contact.code_sent": _event("sent a code to a contact, to verify it", "contact", IN_ROWS),
    "contact.code_refused": _event("typed a wrong code for a contact", "contact", IN_ROWS),
    "contact.verified": _event("verified a contact with the person", "contact witness method", IN_ROWS),
    "contact.bounced": _event("learned that a message to a contact came back", "contact mail", IN_ROWS),
    "connection.recorded": _event("recorded a tie to the practice", "connection kind", IN_ROWS),
    "connection.ended": _event("ended a tie to the practice", "connection", IN_ROWS),
    "recipient.added": _event("added a third party", "acts_for_us"),
    "recipient.changed": _event("changed a third party", "fields"),
    "recipient.ended": _event("took a third party off the list", "ended_at"),
    "recipient.returned": _event("put a third party back on the list"),
    # workforce
    "policy.adopted": _event("put a social-media policy into effect", "version wording change"),
    "policy.attested": _event("signed the social-media policy", "user version text_sha256"),
    "policy.reminded": _event("reminded a member to sign the social-media policy", "user version", IN_MAIL),
    "training.recorded": _event("recorded a privacy training", "user expires_at"),
    # wording
    "wording.added": _event("added a form version", "version language"),
    "wording.drafted": _event("began to write a form version", "kind language"),
    "wording.saved": _event("saved a draft of a form", "number"),
    "wording.restored": _event("went back to an earlier save of a draft", "number"),
    "wording.discarded": _event("discarded a draft of a form"),
    "wording.activated": _event("put a form version into use", "version language change draft"),
    "wording.overridden": _event("accepted a form that is hard to read", "version language"),
    "wording.reviewed": _event("recorded who reviewed a translation", "version language"),
    "wording.withdrawn": _event("stopped offering a form version", "version language"),
    "wording.frozen": _event("first offered a form version, which froze it"),
    # signing and evidence
    "exhibit.made": _event("asked for a signature under exactly one post", "post digests", IN_SHOWN),
    "ceremony.prepared": _event("prepared a consent", "wording role exhibit", IN_ROWS),
    "ceremony.witnessed": _event("checked identity and witnessed", "witness identity_method", IN_ROWS),
    "ceremony.pin_refused": _event("was refused a PIN", "user purpose", IN_ROWS),
    "ceremony.handed_over": _event("handed over the tablet", "", IN_ROWS),
    "ceremony.code_shown": _event("showed the code for the signer's own phone", "", IN_ROWS),
    "ceremony.sent": _event("sent a form to sign", "contact again", IN_ROWS),
    "ceremony.reminded": _event("reminded the signer of a form", "contact", IN_ROWS),
    "ceremony.code_sent": _event("asked for a code to open a form", "contact", IN_ROWS),
    "ceremony.code_refused": _event("typed a wrong code for a form", "", IN_ROWS),
    "ceremony.opened": _event("opened the form on their own device", "route contact", IN_ROWS),
    "ceremony.staff_refused": _event("was refused a form that only its signer may open", "user", IN_ROWS),
    "ceremony.declined": _event("said no thanks", "", IN_ROWS),
    "ceremony.abandoned": _event("left the tablet without an answer", "", IN_ROWS),
    "ceremony.paper_chosen": _event("asked for paper", "", IN_ROWS),
    "paper.printed": _event("printed a form", "printing pages text_sha256", IN_ROWS),
    "paper.came_back": _event("scanned a form that came back", "ceremony sha256 pages", IN_EVIDENCE),
    "paper.keyed": _event("keyed what stands on a scan", "turn sha256", IN_EVIDENCE),
    "paper.original_said": _event("said what was done with the paper", "fate", IN_ROWS),
    "gathering.opened": _event("opened an event", "day location"),
    "gathering.closed": _event("closed an event"),
    "poster.made": _event("made a poster for an event", "gathering"),
    "poster.ended": _event("stopped the code of a poster", "gathering"),
    "card.begun": _event("began a card at an event", "gathering number", IN_ROWS),
    "card.digits_refused": _event("typed wrong digits for a card", "number", IN_ROWS),
    "no_photo.noted": _event("noted somebody who would not be photographed", "noted", IN_NOTE),
    "no_photo.removed": _event("deleted a note of somebody not to photograph", "noted", IN_NOTE),
    "no_photo.forgotten": _event("forgot who would not be photographed", "number", IN_NOTE),
    "ceremony.returned": _event("took the tablet back", "", IN_ROWS),
    "consent.signed": _event("signed", "signature text_sha256 kind", IN_EVIDENCE),
    "document.stored": _event("stored a document", "sha256 kind", IN_EVIDENCE),
    "document.sealed": _event(
        "sealed the signed document", "sha256 seal level certificate signature", IN_EVIDENCE
    ),
    "document.renewed": _event("made the seal of a document last", "sha256 former level", IN_EVIDENCE),
    "seal_certificate.added": _event("took up a certificate for seals", "role fingerprint brought"),
    "seal_certificate.retired": _event("retired a certificate for seals", "role fingerprint"),
    "document.viewed": _event("opened a signed document", "sha256", IN_EVIDENCE),
    "copy.given": _event("gave a copy", "method sha256", IN_EVIDENCE),
    "link.issued": _event("issued a link to the person's own page", "representation", IN_ROWS),
    "link.ended": _event("ended a link to the person's own page", "", IN_ROWS),
    "link.confirmed": _event("gave the right birth date on their own page", "", IN_ROWS),
    "link.refused": _event("gave a wrong birth date on their own page", "", IN_ROWS),
    # records
    "consent.revoked": _event("withdrew permission", "revocation part how asked_by", IN_ROWS),
    "consent.held": _event("asked us to stop; put on hold", "hold", IN_ROWS),
    "consent.released": _event("lifted a hold", "hold", IN_ROWS),
    "disagreement.recorded": _event("recorded that two who may sign disagree", "disagreement how", IN_ROWS),
    "disagreement.settled": _event("settled a disagreement", "disagreement outcome", IN_ROWS),
    "renewal.requested": _event(
        "asked again for a permission that ends", "request consent they_asked", IN_ROWS
    ),
    "renewal.refused": _event("noted a no thanks to being asked again", "refusal how", IN_ROWS),
    "quiet.set": _event("noted when not to ask", "quiet", IN_ROWS),
    "quiet.ended": _event("ended a time of not asking", "quiet", IN_ROWS),
    "consent.invalidated": _event("marked a consent invalid", "reason", IN_ROWS),
    "consent.ended": _event("recorded an event that ends consents", "kind", IN_ROWS),
    "consent.found": _event("recorded a form that was found", "signature text_sha256 kind", IN_EVIDENCE),
    "consent.found_checked": _event("checked a found form against the paper", "sha256", IN_EVIDENCE),
    "consent.notarized": _event("recorded a notary's statement", "notarization", IN_ROWS),
    "consent.used": _event("used a consent for something that went out", "reference platform", IN_ROWS),
    "reask.asked": _event("asked to have a changed form signed again", "wording", IN_ROWS),
    "reask.closed": _event("closed a request to sign again", "wording why", IN_ROWS),
    "legal_hold.placed": _event("placed a legal hold", "consent", IN_ROWS),
    "legal_hold.lifted": _event("lifted a legal hold", "consent", IN_ROWS),
    "disposal.proposed": _event("proposed a disposal", "what row consent retain_until", IN_ROWS),
    "disposal.cancelled": _event("cancelled a disposal", "what row consent", IN_ROWS),
    "disposal.executed": _event("executed a disposal", "what row consent", IN_ROWS),
    # media
    "asset.found": _event("recorded a file as it was found", "sha256 rendition", IN_CONTENT),
    "asset.capture_said": _event("said who took a picture", "taken_by cover", IN_CONTENT),
    "asset.unknown_counted": _event("counted people nobody could name", "number", IN_CONTENT),
    "appearance.covered": _event("said that someone in a picture is covered", "appearance", IN_CONTENT),
    "asset.added": _event("added a picture", "sha256 rendition source", IN_CONTENT),
    "picture.upload_begun": _event("began to add pictures together", "", IN_CONTENT),
    "picture.upload_undone": _event("undid an upload; its files are deleted", "pictures", IN_CONTENT),
    "asset.captioned": _event("wrote a video's captions", "", IN_CONTENT),
    "asset.original_viewed": _event("opened an original", "sha256", IN_CONTENT),
    "appearance.named": _event("said who is in a picture", "appearance elements capacity", IN_CONTENT),
    "appearance.confirmed": _event("confirmed who is in a picture", "appearance", IN_CONTENT),
    "appearance.removed": _event("took a person out of a picture's list", "appearance", IN_CONTENT),
    "asset.nobody_appears": _event("said that nobody appears in a picture", "", IN_CONTENT),
    "picture.looked_at": _event(
        "looked for faces, text and codes in a picture", "scan rendition faces texts codes", IN_CONTENT
    ),
    "picture.not_looked_at": _event("could not look at a picture", "scan rendition", IN_CONTENT),
    "picture.asked_again": _event("asked for another look at a picture", "scan rendition", IN_CONTENT),
    "sighting.settled": _event(
        "said what somebody or something in a picture is", "sighting kind how appearance", IN_CONTENT
    ),
    "background.reviewed": _event("looked over a picture's background", "rendition points", IN_CONTENT),
    "rendition.retouched": _event("covered or cropped a picture", "rendition sha256 origin", IN_CONTENT),
    "rendition.cut_away": _event(
        "said what a cut or covered picture no longer shows of somebody",
        "rendition appearance elements wholly",
        IN_CONTENT,
    ),
    "rendition.shown_after_all": _event(
        "said that a cut or covered picture shows somebody after all", "rendition appearance", IN_CONTENT
    ),
    "rendition.refused": _event("refused a cover that does not hold", "rendition scan", IN_CONTENT),
    # channels
    "channel.opened": _event("opened a channel", "platform adapter"),
    "channel.closed": _event("closed a channel"),
    # content and clearance
    "post.created": _event("began a post", "purpose", IN_CONTENT),
    "post.changed": _event("changed a post", "digest versions", IN_CONTENT),
    "post.origin_gone": _event("noted that the original of a post is gone", "", IN_CONTENT),
    "post.discarded": _event("discarded a post", "", IN_CONTENT),
    "post.submitted": _event("sent a post for review", "review digest", IN_CONTENT),
    "post.withdrawn": _event("took a post back from review", "review", IN_CONTENT),
    "post.attested": _event(
        "attested that nobody else is named, shown or described", "version digest", IN_CONTENT
    ),
    "post.approved": _event("approved a post", "review digest versions", IN_CONTENT),
    "post.returned": _event("sent a post back", "review", IN_CONTENT),
    "post.refused": _event("refused a post", "review", IN_CONTENT),
    "post.noted": _event("left a note about a post", "note", IN_CONTENT),
    "post.suggested": _event("suggested other words", "suggestion version", IN_CONTENT),
    "post.suggestion_answered": _event("answered a suggestion", "suggestion accepted", IN_CONTENT),
    "post.screened": _event("screened a post", "version digest ran", IN_CONTENT),
    "finding.recorded": _event("found something that identifies", "finding code kind version", IN_CONTENT),
    "clearing.proposed": _event("proposed to clear a finding", "clearing code version", IN_CONTENT),
    "clearing.confirmed": _event("confirmed that a finding is cleared", "clearing code version", IN_CONTENT),
    "clearing.refused": _event("refused to clear a finding", "clearing code version", IN_CONTENT),
    "upload.found": _event("recorded a premature upload", "upload version", IN_CONTENT),
    "upload.removed": _event("recorded that a premature upload is gone", "upload version", IN_CONTENT),
    "roster.rebuilt": _event("entered everybody on the roster anew", "people"),
    "own_words.kept": _event("made words known as the practice's own"),
    "own_words.ended": _event("ended words known as the practice's own"),
    "canned_reply.proposed": _event("proposed a reply that may be sent to anybody", "language"),
    "canned_reply.confirmed": _event("approved a reply that may be sent to anybody"),
    "canned_reply.retired": _event("retired a reply that could be sent to anybody"),
    "pack.switched": _event("turned a state's rule on or off", "code on"),
    "gate.decided": _event("asked the gate", "decision allowed codes stage version account", IN_CONTENT),
    # publishing
    "delivery.scheduled": _event("scheduled a delivery", "version account due_at", IN_CONTENT),
    "delivery.rescheduled": _event("moved a delivery", "due_at", IN_CONTENT),
    "delivery.cancelled": _event("cancelled a delivery", "", IN_CONTENT),
    "delivery.preparing": _event("began to prepare on the channel", "attempt decision digest", IN_CONTENT),
    "delivery.intended": _event("committed to send", "attempt decision digest", IN_CONTENT),
    "delivery.published": _event("published", "attempt remote_id", IN_CONTENT),
    "delivery.refused": _event("the channel refused", "attempt detail", IN_CONTENT),
    "delivery.unknown": _event("got no clear answer", "attempt detail", IN_CONTENT),
    "delivery.blocked": _event("stopped a delivery", "codes why", IN_CONTENT),
    "delivery.returned": _event("gave a delivery back to its author", "why", IN_CONTENT),
    "delivery.settled": _event("settled what was not known", "answer", IN_CONTENT),
    "takedown.owed": _event("owes a takedown", "takedown why", IN_CONTENT),
    "takedown.deleted": _event("deleted from the channel", "takedown", IN_CONTENT),
    "takedown.closed": _event("confirmed that it is gone", "takedown", IN_CONTENT),
    "revocation.effective": _event("the withdrawal is in effect", "revocation blocked takedowns", IN_ROWS),
    "publication.found": _event("recorded a publication from before", "takedown", IN_CONTENT),
    "publishing.paused": _event("paused publishing", "pause account"),
    "publishing.resumed": _event("resumed publishing", "pause"),
    # portal
    "question.asked": _event("asked a question on their own page", "", IN_QUESTION),
    "question.answered": _event("answered a question", "", IN_QUESTION),
    # community
    "story.found": _event("kept a story found in public", "platform sha256", IN_STORY),
    "story.seen_again": _event("kept another snapshot of a story", "sha256 changed", IN_STORY),
    "story.part_said": _event("said who somebody in a story is", "part relation age", IN_STORY),
    "story.part_ended": _event("took back who somebody in a story is", "part", IN_STORY),
    "story.everybody_named": _event("said that nobody else is in a story", "everybody", IN_STORY),
    "story.left_at_sign": _event("left a story at a kind sign", "sign", IN_STORY),
    "story.gone": _event("noted that a story is gone", "", IN_STORY),
    "repost.begun": _event("began to ask for a story", "story post lapses_at", IN_STORY),
    "repost.linked": _event("made a link for the author of a story", "", IN_STORY),
    "repost.sent": _event("said that a request was sent", "way sha256", IN_STORY),
    "repost.seen": _event("opened the page of a request", "", IN_STORY),
    "repost.agreed": _event("went on to the forms of a request", "", IN_STORY),
    "repost.replied": _event("noted an author's reply, which is no permission", "", IN_STORY),
    "repost.form_sent": _event("sent a form of a request", "ceremony kind", IN_STORY),
    "repost.proof_asked": _event("gave an address to prove an account", "proof", IN_STORY),
    "repost.proof_noted": _event("saw an answer from an author's account", "proof", IN_STORY),
    "repost.proof_confirmed": _event("confirmed an answer from an author's account", "proof", IN_STORY),
    "repost.reminded": _event("reminded the owner of a request", "user", IN_STORY),
    "repost.owned": _event("gave a request to another owner", "user", IN_STORY),
    "repost.packed": _event("made the pack of a repost", "sha256", IN_STORY),
    "repost.ended": _event("ended a request", "how", IN_STORY),
}
