"""No test talks to the world: only this machine can be reached."""

import ipaddress
import socket
from typing import Any

import pytest


class NoNetwork(RuntimeError):
    """A test tried to reach another machine."""


def is_here(host: str) -> bool:
    """Whether the host is this machine."""
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def refuse_others(patch: pytest.MonkeyPatch) -> None:
    """Connections and look-ups of names, both at the lowest place that Python has."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _require_here(self, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _require_here(self, address)
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *arguments: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and not _is_address(name) and not is_here(name):
            raise NoNetwork(f"A test looked up {name!r}.")
        return look_up(host, *arguments, **options)

    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    patch.setattr(socket, "getaddrinfo", guarded_look_up)


def _require_here(connection: socket.socket, address: Any) -> None:
    if connection.family in {socket.AF_INET, socket.AF_INET6} and not is_here(address[0]):
        raise NoNetwork(f"A test tried to reach {address!r}.")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
