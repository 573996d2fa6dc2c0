"""The few mails about the own page, in the reader's language: no name, nothing about care, nothing of the answer."""

from django.conf import settings
from django.urls import reverse

from consent.access.models import Practice
from consent.signing.queries import own_page_address

from ..texts import text


def link_mail(practice: Practice, language: str, tokens: list[str]) -> tuple[str, str]:
    """Subject and body of a mail with new links."""
    addresses = "\n\n".join(own_page_address(token) for token in tokens)
    return _mail("mail.link", practice, language, addresses=addresses)


def answer_mail(practice: Practice, language: str) -> tuple[str, str]:
    """Subject and body of the notice that an answer is there."""
    lost = settings.ADDRESS + reverse("portal:lost", args=[practice.slug])
    return _mail("mail.answer", practice, language, lost=lost)


def _mail(key: str, practice: Practice, language: str, **values: str) -> tuple[str, str]:
    said = {"practice": practice.name, "phone": practice.phone, **values}
    return text(language, f"{key}.subject").format(**said), text(language, f"{key}.body").format(**said)
