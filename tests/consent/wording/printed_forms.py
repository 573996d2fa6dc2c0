"""The two model forms of the domain, as they were written for print, read into the shape of a form."""

import re
from pathlib import Path

from consent.wording.rules import FormContent, Option, Section

FOLDER = Path(__file__).parent / "forms"
ANCHOR = re.compile(r"<!-- \[(?:el|st):(\w+)\] -->")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
PART = re.compile(r"^# ", re.MULTILINE)
KINDS = ("authorization_adult", "authorization_minor")
# The fields as the model forms call them, by a word of each.
FIELDS = {
    "CLINIC LEGAL": "clinic", "CLÍNICA": "clinic", "LOCATIONS": "locations", "LUGARES": "locations",
    "PRIVACY": "privacy_officer", "PRIVACIDAD": "privacy_officer", "EVENT": "ends_event", "COMPANY": "company",
    "EMPRESA": "company", "AGENC": "agency", "LIST": "media", "POST TITLE": "post", "TÍTULO": "post",
    "LINK": "link", "ENLACE": "link",
}  # fmt: skip
# Which list each numbered part asks: the model forms have lines to initial where ours have lists.
ASKS = {"2": "elements", "3": "platforms", "4": "purposes", "6": "ends", "10": "authorities"}
ONE_KEY = {
    "elements": "face",
    "platforms": "website",
    "purposes": "education",
    "ends": "end_of_treatment",
    "authorities": "other",
}


def printed_form(language: str, kind: str) -> FormContent:
    """One part of a model form; what stands outside the numbered parts is a part as well."""
    whole = (FOLDER / f"form_{language}.md").read_text(encoding="utf-8")
    text = PART.split(whole)[2 + KINDS.index(kind)]
    title, *rest = re.split(r"^### ", text, flags=re.MULTILINE)
    sections = [_section(rest_of, number) for number, rest_of in enumerate([title, *rest])]
    return FormContent(
        kind=kind,
        version="v3",
        language=language,
        title=title.splitlines()[1].removeprefix("## "),
        intent="-",
        sections=tuple(sections),
        offers={name: (Option(key, ""),) for name, key in ONE_KEY.items()},
        phrases={},
    )


def _section(text: str, number: int) -> Section:
    anchors = tuple(ANCHOR.findall(text))
    lines = [_field_names(COMMENT.sub("", line)).replace("*", "").strip() for line in text.splitlines()]
    heading, *paragraphs = [line for line in lines if line] or [""]
    if "signature_date" in anchors:  # the lines to write on, which our forms fill in
        paragraphs.append("{signer_name}")
    if "representative_authority" in anchors:
        paragraphs.append("{authority_description}")
    asks = ASKS.get(heading.split(".")[0])
    return Section(f"part_{number}", heading, anchors, tuple(paragraphs), asks)


def _field_names(line: str) -> str:
    def named(match: re.Match[str]) -> str:
        known = (name for word, name in FIELDS.items() if word in match[1])
        return "{" + next(known, "post") + "}"

    return re.sub(r"\{\{(.*?)\}\}", named, line)
