"""The author goes on: a code to an address of theirs; then their form, or the words from their account.

The same pages for everybody until the code was typed: whether an address is known here is told to nobody else.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from consent.access.doors import open_to_public
from consent.access.limits import too_often
from consent.audit.rules import SYSTEM
from consent.signing.models import Ceremony
from consent.signing.rules import NotNow, Words
from consent.signing.rules.codes import CodeRefused
from consent.signing.showing import shown_pages
from consent.signing.views.ways import in_hand, picture_address, remember

from .. import actions
from ..models import AccountProof
from ..queries.papers import papers_in_hand
from ..queries.proofs import said_in
from ..rules.author_words import AuthorSaid, AuthorWords
from .visits import Visit, forget_proof, remember_proof, sentence, shut, with_the_link, words_of

KNOCKS, KNOCKS_WITHIN = 20, 600
NAMES = ("given", "family", "born")
Refusal = AuthorSaid | CodeRefused


@open_to_public
@require_http_methods(["GET", "HEAD", "POST"])
@with_the_link
def address(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Where a code can reach the author."""
    if request.method != "POST":
        return _page(request, visit, "address")
    at, typed = timezone.now(), request.POST.get("email", "").replace("\0", "")[:400]
    try:
        _require_patience(request)
        proof = actions.ask_code(
            request=visit.request,
            address=typed,
            language=visit.language,
            before=visit.proof,
            by=SYSTEM,
            at=at,
        )
    except (AuthorSaid, CodeRefused) as error:
        return _page(request, visit, "address", error)
    actions.note_seen(request=visit.request, by=SYSTEM, at=at)
    response = _to("code", visit)
    remember_proof(response, proof)
    return response


@open_to_public
@require_http_methods(["GET", "HEAD", "POST"])
@with_the_link
def code(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The six digits."""
    proof = visit.proof
    if proof is None:
        return _to("address", visit)
    if proof.reached_at is not None:
        return _to("words", visit)
    if request.method != "POST":
        return _page(request, visit, "code")
    try:
        _require_patience(request)
        typed = request.POST.get("code", "")[:40]
        opened = actions.try_code(proof=proof, typed=typed, by=SYSTEM, at=timezone.now())
    except (AuthorSaid, CodeRefused) as error:
        return _page(request, visit, "code", error)
    except (actions.NothingToSign, NotNow):
        return _over(request, visit, "nothing_here")
    if opened is None:
        return _to("name", visit)
    response = redirect("community:author_papers")
    remember(response, opened.token, opened.holder)
    forget_proof(response)
    return response


@open_to_public
@require_http_methods(["GET", "HEAD", "POST"])
@with_the_link
def name(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Who it is, once a code has reached them at an address that is on nobody's record."""
    proof = visit.proof
    if proof is None or proof.reached_at is None:
        return _to("code", visit)
    if proof.noted_at is not None:
        return _to("words", visit)
    if request.method != "POST":
        return _page(request, visit, "name")
    typed = {one: request.POST.get(one, "").replace("\0", "")[:400] for one in NAMES}
    try:
        actions.say_who(proof=proof, **typed, by=SYSTEM, at=timezone.now())
    except AuthorSaid as error:
        return _page(request, visit, "name", error)
    except actions.StillAMinor:
        return _over(request, visit, "child")
    return _to("words", visit)


@open_to_public
@require_safe
@with_the_link
def words(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The three words to send from the account; once two members saw them, that the form is on its way."""
    proof = visit.proof
    if proof is None or not said_in(proof).is_whole:
        return _to("name", visit)
    return _page(request, visit, "words")


@open_to_public
@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """The code was typed on this device: how it would look, and each paper with its state."""
    return _papers(request, way="own")


@in_hand
def _papers(request: HttpRequest, ceremony: Ceremony) -> HttpResponse:
    found = papers_in_hand(ceremony, timezone.now())
    if found is None:
        return redirect("signing:own")
    language = ceremony.wording.language
    page = {
        "t": AuthorWords(language),
        "signing": Words(language),
        "practice": ceremony.practice,
        "papers": found.rows,
        "next": found.next,
        "pages": shown_pages(found.licence, lambda one: picture_address(ceremony, one["sha256"])),
    }
    return shut(render(request, "community/author/papers.html", page))


def _require_patience(request: HttpRequest) -> None:
    """Raise `AuthorSaid` for whoever knocks too often."""
    if too_often(request, "community:code", times=KNOCKS, seconds=KNOCKS_WITHIN, at=timezone.now()):
        raise AuthorSaid("busy")


def _to(page: str, visit: Visit) -> HttpResponse:
    return redirect(f"{reverse(f'community:author_{page}')}?lang={visit.language}")


def _over(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:
    response = sentence(request, visit, key)
    forget_proof(response)
    return response


def _page(request: HttpRequest, visit: Visit, page: str, refusal: Refusal | None = None) -> HttpResponse:
    proof: AccountProof | None = visit.proof
    said = said_in(proof) if proof else None
    shown = {
        "t": words_of(visit, address=said.address if said else ""),
        "other": visit.other,
        "proof": proof,
        "sent": request.POST if refusal else {},
        "refusal": refusal.in_language(visit.language) if refusal else "",
        "wrong": getattr(refusal, "field", ""),
    }
    status = 422 if refusal else 200
    return shut(render(request, f"community/author/{page}.html", shown, status=status))
