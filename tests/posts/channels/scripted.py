"""A small network on this machine that does what real ones do on bad days, and the adapter that talks to it.

`faults` are taken one by one by commits: ``lost_answer`` (done, then the line is cut), ``error_after`` (done, then
500), ``late`` (line cut, done only when `catch_up` is called), ``dropped`` (line cut, never done), ``reset`` (done,
then the line is torn), ``drip`` (done, then answered a byte at a time), ``refuse`` (422), ``busy`` (429),
``unreadable`` (done, then a web page), ``large`` (done, then an endless body).
"""

import json
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from posts.channels.adapter import Errand
from posts.channels.http import HttpAdapter
from posts.channels.rules import (
    Absent,
    Capability,
    CommitAnswer,
    Done,
    Handle,
    Parcel,
    PrepareAnswer,
    Prepared,
    Present,
    ProbeAnswer,
    Refused,
    Trace,
    Unknown,
)
from posts.channels.transport import Answer

DRIP_SECONDS = 0.05


@dataclass
class Network:
    """What the network holds, and every request that changed it, in order."""

    idempotent: bool = False
    faults: list[str] = field(default_factory=list)
    posts: list[dict[str, Any]] = field(default_factory=list)
    drafts: dict[str, dict[str, Any]] = field(default_factory=dict)
    media: dict[str, int] = field(default_factory=dict)
    pending: list[dict[str, Any]] = field(default_factory=list)
    commits: list[tuple[str, float]] = field(default_factory=list)
    uploads: list[tuple[str, float]] = field(default_factory=list)
    most_at_once: dict[str, int] = field(default_factory=dict)
    url: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def apply(self, post: dict[str, Any]) -> dict[str, Any]:
        """Make a post visible; an idempotent network knows the key again."""
        same = [old for old in self.posts if old["key"] == post["key"]]
        if same and self.idempotent:
            return same[0]
        post["id"] = f"p{len(self.commits)}-{len(self.posts)}"
        self.posts.append(post)
        key = post["key"]
        self.most_at_once[key] = max(self.most_at_once.get(key, 0), len(same) + 1)
        return post

    def catch_up(self) -> None:
        """Do at last what was asked and not answered."""
        with self.lock:
            while self.pending:
                self.apply(self.pending.pop(0))

    @property
    def visible(self) -> list[str]:
        """The captions that anyone can see."""
        with self.lock:
            return [post["caption"] for post in self.posts]


@contextmanager
def scripted_network(**options: Any) -> Iterator[Network]:
    """A network that listens on a port of this machine."""
    network = Network(**options)
    with listening(network, Handler):
        yield network


@contextmanager
def listening(network: Network, handler: type["Handler"]) -> Iterator[None]:
    """Let `handler` answer for the network on a free port of this machine."""
    server = _Server(("127.0.0.1", 0), type("Bound", (handler,), {"held": network}))
    network.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who asked may be gone by the time of the answer."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    held: Network

    def log_message(self, *args: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        self.turn("POST", self._receive)

    def do_GET(self) -> None:
        self.turn("GET", self._show)

    def do_DELETE(self) -> None:
        self.turn("DELETE", self._remove)

    def turn(self, method: str, answer: Callable[[], None]) -> None:
        """Answer; a network with more moods than this one does more here."""
        answer()

    def _receive(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        if len(body) < length:
            # Whoever asked was cut off in the middle of it.
            return self._hang_up()
        kind, key = self._place()
        with self.held.lock:
            if kind == "media":
                self.held.uploads.append((key, time.time()))
                self.held.media[key] = len(body)
                return self._answer(201, {"id": key})
            if kind == "drafts":
                self.held.uploads.append((key, time.time()))
                self.held.drafts[key] = json.loads(body)
                return self._answer(201, {"id": f"d-{key}"})
        return self._commit(json.loads(body) | {"key": key})

    def _show(self) -> None:
        kind, key = self._place()
        with self.held.lock:
            if kind == "media":
                return self._answer(
                    200, {"found": [name for name in self.held.media if name.startswith(key)]}
                )
            return self._answer(200, {"posts": self._posts(key), "draft": key in self.held.drafts})

    def _remove(self) -> None:
        kind, key = self._place()
        with self.held.lock:
            if kind == "media":
                for name in [name for name in self.held.media if name.startswith(key)]:
                    del self.held.media[name]
            else:
                self.held.posts[:] = [post for post in self.held.posts if post["key"] != key]
                self.held.drafts.pop(key, None)
        self._answer(200, {})

    def _commit(self, post: dict[str, Any]) -> None:
        with self.held.lock:
            self.held.commits.append((post["key"], time.time()))
            fault = self.held.faults.pop(0) if self.held.faults else ""
            if fault in {"refuse", "busy"}:
                self._answer(422 if fault == "refuse" else 429, {})
            elif fault == "late":
                self.held.pending.append(post)
                self._hang_up()
            elif fault == "dropped":
                self._hang_up()
            else:
                made = self.held.apply(post)
        if fault not in {"refuse", "busy", "late", "dropped"}:
            self._after(fault, made)

    def _after(self, fault: str, made: dict[str, Any]) -> None:
        """Answer a commit that was done."""
        answer = {"id": made["id"], "url": f"{self.held.url}/p/{made['id']}"}
        if fault == "lost_answer":
            self._hang_up()
        elif fault == "reset":
            self._tear()
        elif fault == "error_after":
            self._answer(500, {})
        elif fault == "unreadable":
            self._raw(200, b"<html>welcome</html>")
        elif fault == "large":
            self._raw(200, b"x" * 3_000_000)
        elif fault == "drip":
            self._drip(json.dumps(answer).encode())
        else:
            self._answer(201, answer)

    def _posts(self, key: str) -> list[dict[str, str]]:
        return [
            {"id": post["id"], "url": f"{self.held.url}/p/{post['id']}"}
            for post in self.held.posts
            if post["key"] == key
        ]

    def _place(self) -> tuple[str, str]:
        parts = urlsplit(self.path)
        return parts.path.strip("/"), parse_qs(parts.query)["key"][0]

    def _answer(self, status: int, content: dict[str, Any]) -> None:
        self._raw(status, json.dumps(content).encode())

    def _raw(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _drip(self, body: bytes) -> None:
        """One byte now and then: each read is quick, the whole never ends."""
        self.send_response(201)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            for byte in body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(DRIP_SECONDS)
        except OSError:
            self.close_connection = True

    def _tear(self) -> None:
        """Close so that the other side sees a reset."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._hang_up()

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.close()


class ScriptedChannel(HttpAdapter):
    """The adapter of a scripted network; `most_seconds` shortens the time-out, so that tests need not wait."""

    def __init__(
        self, url: str, *, two_phase: bool = True, idempotency: bool = False, most_seconds: float = 40
    ) -> None:
        self.url = url
        self.most_seconds = most_seconds
        self.ALLOWED = (urlsplit(url).netloc,)
        self.capability = Capability(
            can_delete=True, probe=True, alt_text=True, two_phase=two_phase, idempotency=idempotency
        )

    def prepare(self, errand: Errand, parcel: Parcel) -> PrepareAnswer:
        for picture in parcel.pictures:
            answer = self._post("media", errand, f"{parcel.key}.{picture.sha256}", data=picture.read())
            if not isinstance(answer, Answer):
                return answer
        answer = self._post("drafts", errand, parcel.key, payload={"caption": parcel.caption})
        if not isinstance(answer, Answer):
            return answer
        return Prepared({"media": [f"{parcel.key}.{picture.sha256}" for picture in parcel.pictures]})

    def commit(self, errand: Errand, parcel: Parcel, handle: Handle) -> CommitAnswer:
        answer = self._post("posts", errand, parcel.key, payload={"caption": parcel.caption})
        if not isinstance(answer, Answer):
            return answer
        if "id" not in answer.content:
            return Unknown("A success without an id.")
        return Done(answer.content["id"], answer.content["url"])

    def probe(self, errand: Errand, trace: Trace) -> ProbeAnswer:
        answer = self._ask("GET", "posts", errand, trace.key)
        if not isinstance(answer, Answer):
            return Unknown(answer.detail)
        for post in answer.content["posts"]:
            return Present(post["id"], post["url"])
        return Present() if answer.content["draft"] else Absent()

    def delete(self, errand: Errand, trace: Trace) -> CommitAnswer:
        answer = self._ask("DELETE", "posts", errand, trace.key)
        return Done() if isinstance(answer, Answer) else answer

    def probe_media(self, errand: Errand, trace: Trace) -> ProbeAnswer:
        answer = self._ask("GET", "media", errand, trace.key)
        if not isinstance(answer, Answer):
            return Unknown(answer.detail)
        return Present() if answer.content["found"] else Absent()

    def delete_media(self, errand: Errand, trace: Trace) -> CommitAnswer:
        answer = self._ask("DELETE", "media", errand, trace.key)
        return Done() if isinstance(answer, Answer) else answer

    def _post(self, place: str, errand: Errand, key: str, **content: Any) -> Answer | Refused | Unknown:
        return self._ask("POST", place, errand, key, **content)

    def _ask(
        self, method: str, place: str, errand: Errand, key: str, **content: Any
    ) -> Answer | Refused | Unknown:
        seconds = min(errand.seconds, self.most_seconds)
        return self.ask(method, f"{self.url}/{place}?key={key}", seconds=seconds, **content)
