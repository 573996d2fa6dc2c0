"""Whether our fonts can print what a document will say: asked before the signature, so that each gets one."""

from collections.abc import Iterator

from consent.evidence.glyphs import undrawable
from consent.evidence.models import SignatureMark
from consent.evidence.render import named_characters
from consent.wording.rules import FilledForm, rendered_text

from .models import Ceremony
from .queries import filled_when_fixed
from .rules.unmade import LETTERS, UNMADE

NAME = "Write the name in Latin letters, as on the ID, or have a form on paper signed."
WORDS = "Write it in Latin letters, or have a form on paper signed."


def printing_refusal(ceremony: Ceremony, filled: FilledForm) -> str:
    """What cannot be printed of this ceremony's document, by the first field that holds it; empty if all can."""
    for what, said, remedy in _printed(ceremony, filled):
        if lacking := undrawable(said):
            named = named_characters(lacking)
            return f"{what} holds {named}, which our documents cannot print. {remedy}"
    return ""


def undrawable_text(ceremony: Ceremony, filled: FilledForm) -> str:
    """The characters of the whole document that cannot be printed."""
    return undrawable("".join(said for _, said, _ in _printed(ceremony, filled)))


def _printed(ceremony: Ceremony, filled: FilledForm) -> Iterator[tuple[str, str, str]]:
    """Each field of the document: what it is, what it says, what to do if that cannot be printed."""
    another = ceremony.representation is not None
    yield "The person’s name", filled.person_name, NAME
    yield "The representative’s name" if another else "The signer’s name", filled.signer_name, NAME
    yield "The name as typed", _typed_name(ceremony), NAME
    yield "The description of the authority", filled.authority_description, WORDS
    yield "The paper seen for the authority", filled.evidence_seen, WORDS
    yield "The interpreter", ceremony.interpreter, WORDS
    yield "The company that pays", filled.company, WORDS
    yield "What the person gets for it", filled.receives, WORDS
    yield "The version of the privacy notice", ceremony.privacy_notice, WORDS
    yield "The post", filled.post, WORDS
    yield "The location", f"{filled.locations} {filled.clinic}", WORDS
    yield "The practice’s name", ceremony.practice.name, WORDS
    yield "The contact for privacy", filled.privacy_officer, WORDS
    yield "The name of who asks", str(ceremony.prepared_by), NAME
    yield "The name of who saw the guest", str(ceremony.checked_by or ""), NAME
    yield "The witness’s name", str(ceremony.witness or ""), NAME
    yield "What was written beside a mark", " ".join(filled.answers.details.values()), WORDS
    yield "The form’s own text", rendered_text(ceremony.wording.form(), filled), "Choose another form."


def _typed_name(ceremony: Ceremony) -> str:
    """The name that the signer typed, once there is a signature and while it is kept."""
    mark = SignatureMark.objects.filter(signature=ceremony.signature_id).first()
    return mark.typed_name if mark else ""


def why_unmade(ceremony: Ceremony) -> dict[str, str]:
    """What a page says of a signed form without a document: what happened, and what to do; empty if nothing did."""
    if not ceremony.unmade_why:
        return {}
    what, remedy = UNMADE[ceremony.unmade_why]
    named = ""
    if ceremony.unmade_why == LETTERS and ceremony.filled:
        named = printing_refusal(ceremony, filled_when_fixed(ceremony))
    return {"what": f"The document could not be made: {what}.", "because": named or remedy, "remedy": remedy}
