"""Which states' rules bind the practice, whether they count, and who switched them when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from consent.access.models import Location, Practice
from posts.gate.facts import PlaceFacts
from posts.gate.packs import PACKS, PackRule

from ..models import PackSwitch
from .places import Places


@dataclass(frozen=True)
class RuleShown:
    """A state's rule, whether it counts in this practice, and its switches, the latest first."""

    rule: PackRule
    is_on: bool
    switches: list[PackSwitch]

    @property
    def key(self) -> str:
        """The key of its badge."""
        return "on_file" if self.is_on else "none"

    @property
    def label(self) -> str:
        """The words of its badge."""
        return "On" if self.is_on else "Off"


@dataclass(frozen=True)
class LocationShown:
    """A location and the rules that bind whoever speaks from there."""

    location: Location
    place: PlaceFacts
    rules: list[RuleShown]


def rules_of_locations(practice: Practice, at: datetime) -> list[LocationShown]:
    """Each location with the rules that bind it at `at`. Four queries."""
    locations = list(Location.objects.filter(practice=practice).order_by("name"))
    places = Places.read([one.pk for one in locations], [practice.pk])
    shown = {one.rule.code: one for one in _shown(practice, PACKS, places)}
    return [
        LocationShown(one, held.facts, [shown[rule.code] for rule in PACKS if rule.binds(held.facts)])
        for one in locations
        if (held := places.of(one.pk, at)) is not None
    ]


def rule_shown(practice: Practice, code: str) -> RuleShown | None:
    """The rule of that code as it counts in the practice; None if no pack has it."""
    rules = [rule for rule in PACKS if rule.code == code]
    return next(iter(_shown(practice, rules, Places.read([], [practice.pk]))), None)


def _shown(practice: Practice, rules: Iterable[PackRule], places: Places) -> list[RuleShown]:
    rows = PackSwitch.objects.filter(practice=practice).select_related("switched_by").order_by("-pk")
    switches = list(rows)
    latest = places.switches.get(practice.pk, {})
    return [
        RuleShown(rule, latest.get(rule.code, rule.on), [one for one in switches if one.code == rule.code])
        for rule in rules
    ]
