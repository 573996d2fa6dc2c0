"""The roster knows whose name or number a text holds, however it is written, and takes no ordinary prose for a name.

R33, R34, R36; design section 9: full name both orders, initial, one-letter typos, nicknames, phone, MRN, handle.
"""

import string
from collections import defaultdict

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from consent.people.rules import OnRecord
from consent.people.rules.roster import is_near, name_units
from posts.screening.rules.asking import questions_of
from posts.screening.rules.roster import Entry, matches
from posts.screening.rules.tokens import is_plain

MARIA = OnRecord(
    (("María", "Fernández"),),
    ("+15550142233",),
    (("chart", "RB-1001"), ("EHR", "0048213"), ("Instagram", "@mari.f84")),
)
# People whose names are words.
WORDS = [
    ("May", "Rose"),
    ("Will", "Grace"),
    ("Grace", "Rose"),
    ("Hope", "Mark"),
    ("Mark", "Will"),
    ("Rose", "Garden"),
    ("May", "Wells"),
    ("Will", "Maye"),
    ("Grace", "Hope"),
    ("Luz", "Flores"),
]
LETTERS = st.text(string.ascii_lowercase, min_size=4, max_size=10)


def found_in(text, *people):
    """What the roster of these people sees: the words, the type, and who."""
    entries: defaultdict[str, list[Entry]] = defaultdict(list)
    for number, one in enumerate(people):
        for piece in one.pieces():
            entries[piece] += [Entry(number, *name) for name in one.names or [("", "")]]
    found = matches(questions_of(text), entries)
    return [(text[m.finding.start : m.finding.end], m.finding.type, sorted(m.people)) for m in found]


def named(*names):
    return [OnRecord((name,)) for name in names]


class TestAName:
    @pytest.mark.parametrize(
        "written",
        [
            "María Fernández",
            "Maria Fernandez",
            "maria fernandez",
            "MARIA FERNANDEZ",
            "Fernandez, Maria",
            "Fernandez Maria",
            "M. Fernandez",
            "M Fernandez",
            "Fernandez, M",
            "Maria F",
            "Mari Fernandez",
            "Maria L. Fernandez",
            "Maria Luisa Fernandez",
            "Maria\nFernandez",
            "Mаria Fernandez",  # with a Cyrillic letter
            "M a r i a Fernandez",
            "M4ria Fernandez",
            "Ｍａｒｉａ Fernandez",
            "Mar\u200bia Fernandez",
            "#MariaFernandez",
            "#mariafernandez",
            "#TeamMariaFernandez",
            "#mariafernandezstrong",
            "Maria Fernandes",
            "Mara Fernandez",
            "Mariia Fernandez",
            "Maria Fernnadez",
        ],
    )
    def test_is_known_however_it_is_written(self, written):
        dot = "." if len(written.split()[-1]) == 1 else ""
        assert found_in(f"So proud of {written}{dot} today", MARIA) == [(written, "NAME", [0])]

    @pytest.mark.parametrize("written", ["Maria Fernandez's", "Maria Fernandez’s", "MARIA FERNANDEZ'S"])
    def test_is_known_by_what_is_theirs(self, written):
        assert found_in(f"It was {written} day", MARIA) == [(written[:-2], "NAME", [0])]

    @pytest.mark.parametrize(
        "written",
        [
            "Maria",
            "Fernandez",
            "Mario Hernandez",
            "Maria went to Fernandez Street",
            "Maria. Fernandez said so",
        ],
    )
    def test_is_not_a_single_one_nor_two_that_are_not_together(self, written):
        assert found_in(f"So proud of {written} today", MARIA) == []

    @pytest.mark.parametrize(
        ("written", "name"),
        [
            ("Lupita Vega", ("Guadalupe", "Vega")),
            ("Guadalupe Vega", ("Lupita", "Vega")),
            ("Bill Baker", ("William", "Baker")),
            ("Pepe Ortega", ("José", "Ortega Ruiz")),
            ("Maria de la Cruz", ("Maria", "de la Cruz")),
            ("Maria Delacruz", ("Maria", "de la Cruz")),
            ("Anne-Marie O’Neil", ("Anne-Marie", "O'Neil")),
            ("Marie ONeil", ("Anne-Marie", "O'Neil")),
            ("Jo Weiss", ("Jo", "Weiß")),
            ("Jo Weiß", ("Jo", "Weiß")),
            ("Jose Lopez", ("José", "García López")),
            ("Pat Smith-Jones", ("Pat", "Smith-Jones")),
            ("Anh Le", ("Anh", "Le")),
            ("Иван Смирнов", ("Иван", "Смирнов")),
        ],
    )
    def test_is_known_by_its_parts_and_by_what_people_are_called(self, written, name):
        [(words, _, who)] = found_in(f"Bravo, {written}!", *named(name))
        assert (words.split()[-1], who) == (written.split()[-1], [0])

    def test_that_fits_one_exactly_is_nobody_else_one_letter_off(self):
        assert found_in("Bravo Ana Ruiz", *named(("Ana", "Ruiz"), ("Ann", "Ruiz"), ("Ana", "Luiz"))) == [
            ("Ana Ruiz", "NAME", [0])
        ]

    def test_that_several_have_is_all_of_them(self):
        assert found_in("Bravo Ana Ruiz", *named(("Ana", "Ruiz"), ("Ana", "Ruiz"))) == [
            ("Ana Ruiz", "NAME", [0, 1])
        ]

    def test_with_a_middle_initial_is_not_the_family_name_of_another(self):
        assert found_in("Bravo Maria L. Fernandez", *named(("Maria", "Lopez"), ("Laura", "Fernandez"))) == []


class TestANameThatIsAWord:
    @pytest.mark.parametrize(
        "prose",
        [
            "May will grace the rose garden.",
            "May Will Grace the Rose Garden",
            "MAY WILL GRACE THE ROSE GARDEN",
            "may will grace the rose garden",
            "We hope mark will rose to it. Will Grace be there on Friday?",
            "Mark will be closed. Hope rose when the results came.",
            "May well be. We will make time. Will make it short.",
            "In May Grace Hall opens. Visit the Rose Garden.",
            "We Will Make You Smile Again This Spring",
            "Faith, Hope, Grace and luck.",
            "Con luz, flores y amor. Las flores de la luz.",
            "#rosegarden #maywillgrace",
        ],
    )
    def test_is_not_seen_in_ordinary_prose(self, prose):
        assert found_in(prose, *named(*WORDS)) == []

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Congrats to Will Grace on her last day.", "Will Grace"),
            ("Will Grace rang the bell!", "Will Grace"),
            ("Happy birthday Grace Rose", "Grace Rose"),
            ("We will never forget May Rose and her roses.", "May Rose"),
            ("#WillGrace", "#WillGrace"),
            ("Gracias a Luz Flores por venir.", "Luz Flores"),
        ],
    )
    def test_is_known_where_capitals_say_so(self, text, name):
        assert [words for words, _, _ in found_in(text, *named(*WORDS))] == [name]

    @pytest.mark.parametrize("text", ["grace novak came by", "Grace Novak came by", "GRACE NOVAK CAME BY"])
    def test_is_known_in_any_case_beside_one_that_is_none(self, text):
        assert len(found_in(text, *named(("Grace", "Novak")))) == 1


class TestANumber:
    @pytest.mark.parametrize(
        "written", ["555-014-2233", "(555) 014-2233", "+1 555 014 2233", "5550142233", "1.555.014.2233"]
    )
    def test_of_a_telephone_is_known(self, written):
        assert found_in(f"Call {written} now", MARIA) == [(written, "PHONE", [0])]

    @pytest.mark.parametrize(
        ("before", "written"),
        [
            ("chart", "RB-1001"),
            ("chart", "rb 1001"),
            ("see", "RB1001"),
            ("MRN:", "48213"),
            ("MRN #", "0048213"),
        ],
    )
    def test_of_a_record_is_known(self, before, written):
        assert found_in(f"x {before} {written} y", MARIA) == [(written, "MRN", [0])]

    def test_of_few_figures_is_a_record_only_if_it_is_called_one(self):
        year = OnRecord((), (), (("chart", "2019"),))
        assert found_in("Since 2019 we care.", year) == []
        assert found_in("Chart no. 2019 is here.", year) == [("2019", "MRN", [0])]


class TestAHandle:
    @pytest.mark.parametrize(
        "written",
        ["@mari.f84", "@mari_f84", "@MARIF84", "@maria.fernandez", "@mariafernandez91", "@mfernandez"],
    )
    def test_is_known_from_the_record_and_from_the_name(self, written):
        assert found_in(f"Thank you {written} for the picture", MARIA) == [(written, "HANDLE", [0])]

    def test_is_known_in_an_address(self):
        assert found_in("See instagram.com/mari.f84", MARIA) == [("instagram.com/mari.f84", "HANDLE", [0])]


def one_letter_off(draw, word):
    """The word with a wrong, missing, further or swapped letter."""
    at = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from(string.ascii_lowercase))
    return draw(
        st.sampled_from(
            [
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            ]
        )
    )


@st.composite
def mistyped(draw):
    """A name of two words, and it with one letter off."""
    first, last = draw(LETTERS), draw(LETTERS)
    if draw(st.booleans()):
        return (first, last), (one_letter_off(draw, first), last)
    return (first, last), (first, one_letter_off(draw, last))


class TestOneWrongLetter:
    @given(mistyped(), st.sampled_from(["", "é ", "\U0001f514\u200b ", "ﬁ. "]))
    @example((("maria", "fernandez"), ("maria", "fernadnez")), "é ")
    def test_hides_no_name_and_leads_back_to_where_it_stands(self, names, before):
        name, written = names
        text = f"{before}{written[0].capitalize()} {written[1].capitalize()} smiled"
        # A wrong letter that makes another word is no name any more, and a particle none that tells people apart.
        assume(not any(is_plain(one) for one in (*name, *written)))
        assume(name_units(name[0]) == (name[0],) and name_units(name[1]) == (name[1],))
        assume(min(map(len, written)) > 2)
        [(words, _, who)] = found_in(text, *named(name))
        assert (words.lower(), who) == (" ".join(written), [0])

    @given(LETTERS, LETTERS)
    def test_is_what_makes_two_words_near_and_two_are_not(self, word, other):
        def away(one, two):
            """The optimal string alignment distance, in full."""
            table = [[max(i, j) for j in range(len(two) + 1)] for i in range(len(one) + 1)]
            for i, a in enumerate(one, 1):
                for j, b in enumerate(two, 1):
                    table[i][j] = min(
                        table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a != b)
                    )
                    if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                        table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
            return table[-1][-1]

        assert is_near(word, other) == (away(word, other) == 1)
        for near in (word[1:], f"{word}x", word[1] + word[0] + word[2:]):
            assert is_near(word, near) == (away(word, near) == 1)


class TestAnyText:
    @given(st.text(max_size=200))
    @example("@" * 50 + "#a" * 30)
    @example("A. B. C. D. Maria F. G. Fernandez,")
    def test_asks_without_an_error_and_within_its_bounds(self, text):
        for one in questions_of(text):
            assert 0 <= one.start < one.end <= len(text)
