"""Nothing grows too long to read: files, functions, and the list of exceptions to our own rules."""

import re

from .sources import CODE, functions, none, python_files, short, text_of

FILE, TEST_FILE, FUNCTION, SUPPRESSIONS = 300, 400, 50, 5
# Assembled here so that this file does not contain what it looks for.
SUPPRESSED = re.compile("# (no" + "qa|type: ig" + "nore)")
UNFINISHED = re.compile("TO" + "DO|FIX" + "ME|X" + "XX")


def longer_than(limit, *folders):
    return [
        f"{short(path)}: {count}"
        for path in python_files(*folders)
        if (count := len(text_of(path).splitlines())) > limit
    ]


class TestSizes:
    def test_no_file_is_too_long(self):
        none(longer_than(FILE, *CODE))

    def test_no_test_file_is_too_long(self):
        none(longer_than(TEST_FILE, "tests"))

    def test_no_function_is_too_long(self):
        none(
            [
                f"{short(path)}: {function.name}, {(function.end_lineno or 0) - function.lineno + 1}"
                for path in python_files(*CODE, "tests")
                for function in functions(path)
                if (function.end_lineno or 0) - function.lineno >= FUNCTION
            ]
        )

    def test_hardly_any_rule_is_suppressed(self):
        lines = [
            f"{short(path)}: {line.strip()}"
            for path in python_files(*CODE, "tests")
            for line in text_of(path).splitlines()
            if SUPPRESSED.search(line)
        ]
        assert len(lines) <= SUPPRESSIONS, "\n".join(lines)

    def test_nothing_is_left_for_later(self):
        none([short(path) for path in python_files(*CODE, "tests") if UNFINISHED.search(text_of(path))])
