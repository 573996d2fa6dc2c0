"""Which form it is, as people say it. No Django."""

LANGUAGE_NAMES = {"en": "English", "es": "Spanish"}


def edition(language: str, version: str) -> str:
    """Language and version of a form: "English, version 3"."""
    return f"{LANGUAGE_NAMES.get(language, language)}, version {version.removeprefix('v')}"
