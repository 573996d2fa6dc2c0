"""The one way out: a total time-out, a size cap, no redirects, no proxies, and no address inside our own network.

httpx has time-outs for each read, so an answer that drips takes for ever; here every read and write is given only
what is left of the whole. The address is judged at connect time, where a changed DNS answer cannot slip past.
"""

import ipaddress
import json
import socket
import ssl
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpcore
import httpx

SIZE_CAP = 2 * 1024 * 1024
READ_BYTES = 65536
NEVER_LEFT = (
    httpcore.ConnectError,
    httpcore.ConnectTimeout,
    httpcore.UnsupportedProtocol,
    httpcore.LocalProtocolError,
    httpx.UnsupportedProtocol,
)
UNCLEAR = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError, OSError)


class NotSent(Exception):
    """No byte of the request left us: the address was refused, or no connection came about."""


class NoAnswer(Exception):
    """The request may have arrived; what came back was late, broken, or too large."""


@dataclass(frozen=True)
class Answer:
    """What a server said, read completely."""

    status: int
    body: bytes

    @property
    def content(self) -> Mapping[str, Any]:
        """The JSON object in the body; empty if it is none."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


def call(
    method: str,
    url: str,
    *,
    seconds: float,
    headers: Mapping[str, str] | None = None,
    payload: Mapping[str, Any] | None = None,
    data: bytes | None = None,
    allowed: Collection[str] = (),
) -> Answer:
    """One request, complete within `seconds`. `allowed` are ``host:port`` that may lie in our own network.

    Raises `NotSent` or `NoAnswer`; both say where, never with which token or query.
    """
    deadline = time.monotonic() + seconds
    where = f"{method} {_shown(url)}"
    pool = httpcore.ConnectionPool(
        ssl_context=_trusted(),
        network_backend=_Guarded(deadline, frozenset(allowed)),
        retries=0,
        http1=True,
        http2=False,
    )
    client = httpx.Client(
        transport=_Transport(pool), timeout=seconds, follow_redirects=False, trust_env=False
    )
    try:
        with client, client.stream(method, url, headers=headers, json=payload, content=data) as response:
            return Answer(response.status_code, _capped(response, where))
    except NEVER_LEFT as error:
        raise NotSent(f"{where}: no connection ({type(error).__name__})") from error
    except UNCLEAR as error:
        raise NoAnswer(f"{where}: no clear answer ({type(error).__name__})") from error


@cache
def _trusted() -> ssl.SSLContext:
    """The machine's authorities, read once a process: reading them takes longer than most requests."""
    return ssl.create_default_context()


def _capped(response: httpx.Response, where: str) -> bytes:
    """The whole body, if it is small enough."""
    body = bytearray()
    for piece in response.iter_bytes(READ_BYTES):
        body += piece
        if len(body) > SIZE_CAP:
            raise NoAnswer(f"{where}: the answer is larger than {SIZE_CAP} bytes")
    return bytes(body)


def _shown(url: str) -> str:
    """The address without user, query and fragment: those may hold secrets."""
    parts = httpx.URL(url)
    return f"{parts.scheme}://{parts.host}{parts.path}"[:200]


class _Transport(httpx.BaseTransport):
    """httpx on a connection pool of our own making."""

    def __init__(self, pool: httpcore.ConnectionPool) -> None:
        self._pool = pool

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.SyncByteStream)
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        assert isinstance(answer.stream, Iterable)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer.stream))

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        if hasattr(self._stream, "close"):
            self._stream.close()


class _Guarded(httpcore.NetworkBackend):
    """Connects only to public addresses, and lets nothing last beyond the deadline."""

    def __init__(self, deadline: float, allowed: frozenset[str]) -> None:
        self._deadline = deadline
        self._allowed = allowed

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Look the name up, judge each address, and connect to an address, not to the name again."""
        for address in _look_up(host, port, _left(self._deadline, httpcore.ConnectTimeout)):
            if f"{host}:{port}" in self._allowed or _is_public(address):
                stream = httpcore.SyncBackend().connect_tcp(
                    address,
                    port,
                    _left(self._deadline, httpcore.ConnectTimeout),
                    local_address,
                    socket_options,
                )
                return _Limited(stream, self._deadline)
        raise httpcore.ConnectError(f"{host} is not a public address")


class _Limited(httpcore.NetworkStream):
    """A stream whose every step gets only what is left of the whole time."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _left(self._deadline, httpcore.ConnectTimeout)
        return _Limited(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float, late: type[Exception]) -> float:
    """The seconds left. Raises `late` when there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise late("the whole time is used up")
    return left


def _look_up(host: str, port: int, seconds: float) -> list[str]:
    """The addresses of a name. Looking up has no time-out of its own, so a thread is left behind if it hangs."""
    found: list[str] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError:
            return
        found.extend(str(answer[4][0]) for answer in answers)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    return list(found)


def _is_public(address: str) -> bool:
    """Whether the address belongs to the open internet: not ours, not a cloud's metadata, not multicast."""
    judged = ipaddress.ip_address(address)
    mapped = getattr(judged, "ipv4_mapped", None)
    return (mapped or judged).is_global and not judged.is_multicast
