"""What the words are: the closed lists of keys, what a form must say, and a form as its signer sees it. No Django."""

from .editions import edition
from .filling import (
    Answers,
    FilledForm,
    Shown,
    Tick,
    missing_answers,
    rendered_sections,
    rendered_text,
)
from .form import MERGE_FIELDS, FormContent, FormRefused, Option, Section, form_from
from .keys import (
    ANCHORS,
    ELEMENTS,
    FORMATS,
    KINDS,
    PLATFORMS,
    PURPOSES,
    REQUIRED,
    REQUIRED_ELEMENTS,
    REQUIRED_STATEMENTS,
    SENSITIVE_CATEGORIES,
    VISIBLE_ELEMENTS,
    Anchor,
    missing_anchors,
)

__all__ = [
    "ANCHORS",
    "ELEMENTS",
    "FORMATS",
    "KINDS",
    "MERGE_FIELDS",
    "PLATFORMS",
    "PURPOSES",
    "REQUIRED",
    "REQUIRED_ELEMENTS",
    "REQUIRED_STATEMENTS",
    "SENSITIVE_CATEGORIES",
    "VISIBLE_ELEMENTS",
    "Anchor",
    "Answers",
    "FilledForm",
    "FormContent",
    "FormRefused",
    "Option",
    "Section",
    "Shown",
    "Tick",
    "edition",
    "form_from",
    "missing_anchors",
    "missing_answers",
    "rendered_sections",
    "rendered_text",
]
