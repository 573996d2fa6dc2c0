"""`./postern model`: every variant of the publishing protocol against every property, as docs/model/expected.toml says.

Spin turns the model into a C program for each variant, which visits every state that can be reached.
"""

import re
import shutil
import subprocess
import tempfile
import time
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path

from door.debian import MODEL_NEEDS, provide
from door.places import ROOT, environment
from door.programs import must
from door.speech import Trouble, say
from door.stamps import alone

FOLDER = ROOT / "docs" / "model"
MODEL = FOLDER / "publish.pml"
EXPECTED = FOLDER / "expected.toml"
SAFETY = "assert"
FINALLY = ("p_gone", "p_tidy", "p_eff")
AT_ONCE = 2
MEMORY = 3000  # megabytes for each search
SECONDS = 900
DEPTH = 5_000_000
# What the model checks at each step, by a name in the check.
PROMISES = {
    "received": "a decision to disclose after R1",
    "effective": "a byte that leaves after R2",
    "agreed": "a send that might double",
    "open": "two open attempts",
}
VERDICTS = ("passes", "fails")


@dataclass(frozen=True)
class Question:
    """One variant, with its build switches, and one property of it."""

    variant: str
    switches: tuple[str, ...]
    asked: str
    expected: str


@dataclass(frozen=True)
class Answer:
    """What the search found: a verdict, how many states it saw, and what failed."""

    question: Question
    found: str
    states: int
    reason: str
    seconds: float

    @property
    def as_expected(self) -> bool:
        """Whether the table said so."""
        return self.found == self.question.expected

    def __str__(self) -> str:
        asked = self.question
        mark = "" if self.as_expected else "   <- not as expected"
        return (
            f"{asked.variant:<20} {asked.asked:<7} {asked.expected:<9} {self.found:<9}"
            f" {self.states:>10,} {self.seconds:>6.1f} s  {self.reason}{mark}".rstrip()
        )


def check_model() -> int:
    """Ask every question, print each answer; 1 if any differs from what is expected."""
    with alone():
        provide(MODEL_NEEDS, borrow=False)
    questions = expected_answers(EXPECTED.read_text(encoding="utf-8"))
    say(f"{'variant':<20} {'asked':<7} {'expected':<9} {'found':<9} {'states':>10} {'time':>8}  what failed")
    with tempfile.TemporaryDirectory(prefix="postern-model-") as folder, ThreadPoolExecutor(AT_ONCE) as pool:
        searches = [
            list(group) for _, group in groupby(questions, lambda one: (one.variant, _is_safety(one)))
        ]
        told = pool.map(partial(_answers, folder=Path(folder)), searches)
        answers = [answer for group in told for answer in group]
    different = sum(not answer.as_expected for answer in answers)
    say(f"{len(answers) - different} as expected, {different} not.")
    return 1 if different else 0


def expected_answers(text: str) -> list[Question]:
    """The questions of the table, in its order. Raises `Trouble` for an entry that makes no sense."""
    questions = []
    for name, variant in tomllib.loads(text).items():
        for asked, verdict in variant["expected"].items():
            if verdict not in VERDICTS:
                raise Trouble(f"expected.toml: {name}, {asked}: {verdict!r} is neither of {VERDICTS}.")
            questions.append(Question(name, tuple(variant["switches"]), asked, verdict))
    return questions


def verdict_of(printed: str) -> tuple[str, int, str]:
    """Verdict, states and reason, from what the search printed; an unfinished search is *unclear*."""
    states = re.search(r"([\d.e+]+) states, stored", printed)
    errors = re.search(r"errors: (\d+)", printed)
    number = int(float(states.group(1))) if states else 0
    cut_short = re.search(r"max search depth too small|reached -DMEMLIM|out of memory", printed)
    if errors is None or (errors.group(1) == "0" and cut_short):
        last = printed.strip().splitlines()
        return "unclear", number, cut_short.group() if cut_short else (last[-1] if last else "no answer")
    if errors.group(1) == "0":
        return "passes", number, ""
    reason = re.search(
        r"^pan:1: (assertion violated .*?|acceptance cycle)(?: \(at depth \d+\))?$", printed, re.M
    )
    return "fails", number, _in_words(reason.group(1)) if reason else ""


def _in_words(reason: str) -> str:
    """Without what Spin wraps around it."""
    if reason == "acceptance cycle":
        return "an endless run in which it never comes"
    if "!( !(" in reason:
        return "a run in which it is broken"
    return next((words for name, words in PROMISES.items() if name in reason), reason)


def _answers(questions: Sequence[Question], folder: Path) -> list[Answer]:
    """Build one search in a folder of its own, and ask it everything that it can be asked."""
    place = Path(tempfile.mkdtemp(dir=folder))
    safety = _is_safety(questions[0])
    switches = [*questions[0].switches, *([] if safety else ["LIVENESS"])]
    must(["spin", "-a", *(f"-D{name}" for name in switches), MODEL], "read the model", cwd=place)
    options = ["-DSAFETY", "-DNOCLAIM"] if safety else ["-DNFAIR=4"]
    compiler = ["gcc", "-O2", "-w", f"-DMEMLIM={MEMORY}", *options, "-o", "pan", "pan.c"]
    must(compiler, "compile the search", cwd=place)
    answers = []
    for question in questions:
        began = time.monotonic()
        found = verdict_of(_searched(question, place))
        answers.append(Answer(question, *found, time.monotonic() - began))
        say(str(answers[-1]))
    shutil.rmtree(place)
    return answers


def _searched(question: Question, place: Path) -> str:
    """What the search printed. It ends by itself, at its memory limit, or when its time is up."""
    search = ["./pan", "-E", f"-m{DEPTH}"]
    if not _is_safety(question):
        search += ["-a", *(["-f"] if question.asked in FINALLY else []), "-N", question.asked]
    try:
        done = subprocess.run(
            search, cwd=place, env=environment(), capture_output=True, text=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return f"not finished after {SECONDS} seconds"
    return done.stdout


def _is_safety(question: Question) -> bool:
    return question.asked == SAFETY
