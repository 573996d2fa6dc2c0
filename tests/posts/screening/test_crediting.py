"""Credit in a repost: a handle or the address of a profile is one person's (R34, R36, R96)."""

import pytest

from posts.screening.rules.crediting import credit_in

ORIGIN = "https://social.example/rosa.lind/7"


def named(text: str, origin: str = "") -> list[str]:
    return [text[start:end] for start, end in credit_in(text, origin)]


class TestCredit:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("Thank you @rosa.lind.", ["@rosa.lind"]),
            ("By ＠Rosa_Lind!", ["＠Rosa_Lind"]),
            ("🎉🎉 by @rosa", ["@rosa"]),
            ("Follow us, and @rosa too", ["@rosa"]),
            ("By @rosa@social.example", ["@rosa@social.example"]),
            ("See instagram.com/rosa.lind", ["instagram.com/rosa.lind"]),
            ("https://www.tiktok.com/@rosa/video/1, she says", ["https://www.tiktok.com/@rosa/video/1"]),
            ("https://x.com/rosa", ["https://x.com/rosa"]),
        ],
    )
    def test_is_a_handle_or_the_address_of_a_profile(self, text: str, said: list[str]) -> None:
        assert named(text) == said

    @pytest.mark.parametrize("text", ["It is at https://social.example/rosa.lind/7", "Words by Rosa.Lind"])
    def test_is_the_original_and_the_name_in_its_address(self, text: str) -> None:
        assert not named(text) or ORIGIN in text
        assert len(named(text, ORIGIN)) == 1

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "See you at 5",
            "Read healthychildren.org/sleep",
            "Write to a@b",
            "A story for you",
            "max.com/x",
        ],
    )
    def test_is_nothing_else(self, text: str) -> None:
        assert named(text, "https://social.example/p/7/story") == []
