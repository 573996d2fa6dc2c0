"""The closed list of events: each is a sentence, names its fields, and says how it forgets."""

import re

from consent.audit import vocabulary
from consent.audit.vocabulary import EVENTS

ANSWERS = {value for name, value in vars(vocabulary).items() if name.startswith("IN_") or name == "NONE"}
# Fields that could carry what identifies a person have no place in an entry.
IDENTIFYING = re.compile(r"name|email|phone|address|birth|caption|text$|alias|handle|mrn", re.IGNORECASE)


class TestVocabulary:
    def test_every_event_says_where_its_personal_data_lives(self):
        assert {event for event, known in EVENTS.items() if known.personal_data not in ANSWERS} == set()

    def test_no_event_has_a_field_for_what_identifies(self):
        named = {f"{event}: {field}" for event, known in EVENTS.items() for field in known.fields}
        assert {field for field in named if IDENTIFYING.search(field.partition(": ")[2])} == set()

    def test_every_event_is_a_noun_and_what_happened_to_it(self):
        assert [event for event in EVENTS if not re.fullmatch(r"[a-z_]+\.[a-z_]+", event)] == []
        assert [event for event in EVENTS if len(event) > 60] == []

    def test_every_event_is_told_as_a_sentence(self):
        assert [
            event for event, known in EVENTS.items() if known.sentence != known.sentence.strip(" .")
        ] == []
        assert len({known.sentence for known in EVENTS.values()}) == len(EVENTS)
