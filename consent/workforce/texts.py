"""The exact text of a policy as one member reads and signs it: of a form, or as it was typed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from consent.access.models import Practice
from consent.wording.models import Wording
from consent.wording.queries import wordings_on_offer
from consent.wording.rules import FilledForm, Shown, rendered_sections, rendered_text

from .models import Policy
from .rules import INTENT


@dataclass(frozen=True)
class PolicyText:
    """What is shown and signed: its parts, the sentence beside the button, and the whole as one text."""

    title: str
    intent: str
    language: str
    text: str
    wording: Wording | None = None
    sections: tuple[Shown, ...] = ()
    paragraphs: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """The SHA-256 of exactly this text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def facts_of(practice: Practice, name: str) -> dict[str, str]:
    """What is filled into a policy for the member called `name`."""
    contact = (practice.privacy_officer, practice.address, practice.privacy_email)
    return {
        "clinic": practice.name,
        "locations": practice.name,
        "privacy_officer": ", ".join(part for part in contact if part),
        "person_name": name,
        "signer_name": name,
    }


def policy_text(policy: Policy, facts: dict[str, str], wording: Wording | None = None) -> PolicyText:
    """The policy as it reads with `facts` filled in; `wording` is the translation that is read instead of its own."""
    wording = wording or policy.wording
    if wording is None:
        title = f"The social-media policy of {facts['clinic']}, version {policy.version}"
        text = "\n\n".join((title, policy.text, facts["person_name"], INTENT)) + "\n"
        paragraphs = tuple(part for part in policy.text.splitlines() if part.strip())
        return PolicyText(title, INTENT, "en", text, paragraphs=paragraphs)
    form = wording.form()
    filled = FilledForm(
        clinic=facts["clinic"],
        locations=facts["locations"],
        privacy_officer=facts["privacy_officer"],
        person_name=facts["person_name"],
        signer_name=facts["signer_name"],
    )
    return PolicyText(
        form.title,
        form.intent,
        form.language,
        rendered_text(form, filled),
        wording,
        tuple(rendered_sections(form, filled)),
    )


def translations_of(policy: Policy, at: datetime) -> list[Wording]:
    """The languages in which the policy may be read and signed, its own first (R95)."""
    if policy.wording is None:
        return []
    languages = Wording.objects.filter(translation_of=policy.wording).values_list("language", flat=True)
    offered = [
        row
        for language in sorted(set(languages))
        for row in wordings_on_offer(policy.practice, policy.wording.template.kind, language, at)
        if row.translation_of_id == policy.wording_id
    ]
    return [policy.wording, *offered]
