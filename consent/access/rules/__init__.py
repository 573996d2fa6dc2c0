"""Roles and abilities, places and clocks, PINs: what holds whoever asks. No Django."""

from .names import on_one_line
from .numbers import number_sent
from .pins import WeakPin, checked_pin
from .places import (
    PICTURES,
    PROFESSIONS,
    STATES,
    US_ZONES,
    NotAnOrigin,
    UnknownTimeZone,
    checked_origin,
    checked_zone,
)
from .roles import ABILITIES, IDENTITY, LOOKING, OWN, ROLES, Role

__all__ = [
    "ABILITIES",
    "IDENTITY",
    "LOOKING",
    "OWN",
    "PICTURES",
    "PROFESSIONS",
    "ROLES",
    "STATES",
    "US_ZONES",
    "NotAnOrigin",
    "Role",
    "UnknownTimeZone",
    "WeakPin",
    "checked_origin",
    "checked_pin",
    "checked_zone",
    "number_sent",
    "on_one_line",
]
