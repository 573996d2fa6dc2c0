"""Every page that links lead to in the demo, as each member and as a patient, is free of axe findings."""

from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page

from consent.access.models import User
from posts.demo.removing import remove_demo
from tests.journeys.crawling import Found, pages_found

pytestmark = pytest.mark.django_db(transaction=True)
MEMBERS = ("Eve", "Finn", "Dan", "Olga", "Paul")
STAFF = ("/p/riverbend/", "/me/", "/account/2fa/", "/account/logout/", "/p/riverbend/mail/")
STRANGERS = (
    "/account/login/",
    "/verify/",
    "/wall/riverbend/",
    "/my/lost/riverbend/",
    "/my/lost/riverbend/sent/",
    "/tablet/",
)
MANY = ("records:person", "signing:ceremony")  # one page looks unlike the next
FEWEST = 85
WIDTHS = (390, 1280)


@pytest.fixture
def own_page(transactional_db: None, capsys: pytest.CaptureFixture[str]) -> Iterator[str]:
    """The demo is made; the path of Maria's link."""
    capsys.readouterr()
    call_command("demo", "--anew")
    yield "/my/" + capsys.readouterr().out.split("/my/")[1].strip()
    remove_demo()


def member(name: str) -> Client:
    """Somebody of the demo, signed in."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(name=name), "django.contrib.auth.backends.ModelBackend")
    return client


def patient(path: str) -> Client:
    """Maria, who came in by her link and said her birth date."""
    client = Client(SERVER_NAME="localhost")
    client.get(path)
    client.post("/my/birth-date/", {"month": "3", "day": "2", "year": "1984"})
    return client


def each_view_once(found: Iterator[Found], seen: set[str]) -> Iterator[str]:
    """The addresses of views not seen yet, and of those that look different every time."""
    for one in found:
        if one.view not in seen or one.view in MANY:
            seen.add(one.view)
            yield one.address


def come_in(page: Page, client: Client) -> None:
    """The browser goes on where the client is."""
    page.context.clear_cookies()
    page.context.add_cookies(
        [
            {"name": cookie.key, "value": cookie.value, "domain": "localhost", "path": "/"}
            for cookie in client.cookies.values()
            if cookie.value
        ]
    )


def complaints_of(page: Page, address: str, axe: Callable[[Page], None]) -> str:
    """What axe says of a page, and whether it is wider than the screen."""
    answer = page.goto(address)
    if answer is None or answer.status != 200 or not page.url.endswith(address):
        return f"{address} leads to {page.url}."
    try:
        axe(page)
    except AssertionError as error:
        return str(error)
    fits = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return "" if fits else f"{page.url} is wider than the screen."


class TestEveryPage:
    def test_of_the_demo_is_free_of_axe_findings(
        self, own_page: str, open_page: Callable[..., Page], axe: Callable[[Page], None]
    ) -> None:
        """One width a page, by turns: the journeys see most of them at both."""
        visitors: list[tuple[Client, tuple[str, ...]]] = [(member(name), STAFF) for name in MEMBERS]
        visitors += [(patient(own_page), ("/my/",)), (Client(SERVER_NAME="localhost"), STRANGERS)]
        pages, seen, wrong, count = [open_page(width=width) for width in WIDTHS], set[str](), [], 0
        for client, begin in visitors:
            for page in pages:
                come_in(page, client)
            for address in each_view_once(pages_found(client, begin), seen):
                wrong.append(complaints_of(pages[count % len(pages)], address, axe))
                count += 1
        assert not any(wrong), "\n".join(filter(None, wrong))
        assert len(seen) >= FEWEST, sorted(seen)
