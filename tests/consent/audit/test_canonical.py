"""The bytes of an entry: one content, one encoding."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as some

from consent.audit.rules import GENESIS, canonical, entry_hash, instant, plain

text = some.text(some.characters(exclude_categories=["Cs"]))
values = some.recursive(
    some.none() | some.booleans() | some.integers() | text,
    lambda inner: some.lists(inner) | some.dictionaries(text, inner),
    max_leaves=20,
)
contents = some.dictionaries(text, values)


class TestCanonicalEncoding:
    @given(contents)
    def test_loses_nothing(self, content):
        assert json.loads(canonical(content)) == content

    @given(contents, some.randoms())
    def test_does_not_depend_on_the_order_of_the_fields(self, content, random):
        fields = list(content.items())
        random.shuffle(fields)
        assert canonical(dict(fields)) == canonical(content)

    @given(contents, contents)
    def test_differs_when_the_content_differs(self, one, other):
        assert (canonical(one) == canonical(other)) == (
            json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
        )

    @given(contents)
    def test_is_what_its_own_reading_encodes_to(self, content):
        assert canonical(json.loads(canonical(content))) == canonical(content)

    @given(values)
    def test_plain_leaves_plain_values_alone(self, value):
        assert plain(value) == value

    @pytest.mark.parametrize("value", [1.5, float("nan"), b"bytes", object(), {1: "a number as key"}])
    def test_plain_refuses_what_json_would_change(self, value):
        with pytest.raises(TypeError):
            plain(value)


class TestInstants:
    @given(some.datetimes(timezones=some.just(UTC)), some.integers(-14, 14))
    def test_are_the_same_in_every_zone(self, at, hours):
        zone = timezone(timedelta(hours=hours))
        try:
            elsewhere = at.astimezone(zone)
        except OverflowError:
            return
        assert instant(elsewhere) == instant(at)
        assert datetime.fromisoformat(instant(at)) == at


class TestEntryHash:
    @given(some.binary(min_size=1), some.integers(0))
    def test_changes_with_any_byte(self, body, position):
        changed = bytearray(body)
        changed[position % len(body)] ^= 1
        assert entry_hash(GENESIS, bytes(changed)) != entry_hash(GENESIS, body)
        assert entry_hash("1" * 64, body) != entry_hash(GENESIS, body)
