"""Who is who in a story: its author, whoever it shows or tells of. What nobody knows is a no (R33, R96)."""

from collections.abc import Collection
from dataclasses import dataclass

AUTHOR, SHOWN, TOLD = "author", "shown", "told"


@dataclass(frozen=True)
class PartFacts:
    """Somebody in a story: the part they have, whether they are a patient and of age, and who they are on record.

    `relation` is patient, not_patient or unknown; `age` is adult, minor or unknown.
    """

    part: str
    relation: str
    age: str
    on_record: bool


def open_questions(parts: Collection[PartFacts], *, everybody_named: bool) -> list[str]:
    """What has to be known before anybody is asked, each as a sentence; none if all is known.

    `everybody_named` is what a member said: nobody else is shown or told of.
    """
    authors = [one for one in parts if one.part == AUTHOR]
    return [*_of_the_author(authors), *_of_the_others(parts, everybody_named=everybody_named)]


def _of_the_author(authors: list[PartFacts]) -> list[str]:
    if not authors:
        return ["Say who made it: whoever made it gives the licence."]
    author = authors[0]
    questions = []
    if author.relation == "unknown":
        questions.append("Say whether the author is a patient here. If you do not know, ask the front desk.")
    if author.age == "unknown":
        questions.append("Say whether the author is of age: for a minor a parent gives the licence.")
    if author.relation == "not_patient" and not author.on_record:
        questions.append("Find the author among the people on record, or say again who made it.")
    if author.relation == "patient" and not author.on_record:
        questions.append(
            "Find the author among the people on record: a patient signs the patient’s own form, too."
        )
    return questions


def _of_the_others(parts: Collection[PartFacts], *, everybody_named: bool) -> list[str]:
    others = [one for one in parts if one.part != AUTHOR]
    questions = []
    if any(one.relation == "unknown" for one in others):
        questions.append("Somebody in it may be a patient. Say who it is, or leave it at a kind sign.")
    if any(one.relation == "patient" and not one.on_record for one in others):
        questions.append(
            "A patient in it is not on record yet. Find or add them: each patient signs for themselves."
        )
    if any(one.relation == "patient" and one.age == "unknown" for one in others):
        questions.append("Say whether the patient in it is of age.")
    if not everybody_named:
        questions.append("Say that nobody else is shown or told of in it, or add them.")
    return questions
