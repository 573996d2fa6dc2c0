"""Every page that links lead to: what a browser finds that follows all of them, by the views behind them."""

import html
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

LINK = re.compile(r"""(?:href|hx-get)=["']([^"'#]+)["']""")
# How many addresses of one view are looked at. What there is to be found often stands on one person's page alone.
OF_A_VIEW = 2
MORE_OF = {"records:person": 30, "signing:ceremony": 10, "clearance:review": 10, "planning:post": 10}


@dataclass(frozen=True)
class Found:
    """A page: the name of its view, and its address."""

    view: str
    address: str


def pages_found(client: Client, begin: Iterable[str]) -> Iterator[Found]:
    """The pages that `client` comes to from `begin` by links alone; of views with many, the first few."""
    waiting, seen, times = deque(begin), set[str](), dict[str, int]()
    while waiting:
        address = waiting.popleft()
        if address in seen:
            continue
        seen.add(address)
        view = view_of(address)
        if not view or times.get(view, 0) >= MORE_OF.get(view, OF_A_VIEW):
            continue
        answer = client.get(address, follow=True)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        times[view] = times.get(view, 0) + 1
        here = answer.request["PATH_INFO"]
        text = answer.content.decode()
        waiting.extend(
            urljoin(here, html.unescape(link)) for link in LINK.findall(text) if not _is_elsewhere(link)
        )
        if "<html" in text:
            asked = answer.request["QUERY_STRING"]
            yield Found(view_of(here), f"{here}?{asked}" if asked else here)


def view_of(address: str) -> str:
    """The name of the view behind an address, empty if there is none."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def _is_elsewhere(link: str) -> bool:
    return bool(urlsplit(link).scheme or urlsplit(link).netloc)
