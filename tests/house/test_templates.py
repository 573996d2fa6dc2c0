"""Templates: each is used, none needs an inline script or style, and every address in them exists."""

import re

from django.template.loader import get_template
from django.urls import get_resolver

from .sources import APPS, TEMPLATES, none, python_files, short, template_files, text_of

# Names that a library or Django itself looks for.
FOUND_BY_NAME = re.compile(
    r"(account|mfa|allauth|socialaccount|usersessions|bootstrap5|django)/|(400|403|404|500)\.html"
)
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "a script without src": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")"),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "something from elsewhere": re.compile(r"(src|href)=\"(https?:)?//"),
    "evaluated text of htmx": re.compile(r"hx-(on|vars)\b|hx-vals=['\"]js:"),
}
# Printed on paper or drawn into a PDF: no browser, no policy.
PRINTED = re.compile(r"(^|/)(pdf|print)(_|/|\.)|evidence/")


TAG = re.compile(r"\{[%{#].*?[%}#]\}", re.DOTALL)


def pages():
    return [path for path in template_files() if path.suffix == ".html"]


class TestTemplates:
    def test_are_all_used(self):
        """Named whole somewhere, or, where code puts the name together, by its last part in quotes."""
        said = "\n".join(text_of(path) for path in [*python_files("config", *APPS), *template_files()])
        names = [path.relative_to(TEMPLATES) for path in template_files()]
        none(
            [
                name
                for name in names
                if name.as_posix() not in said
                and not (f'f"{name.parent.as_posix()}/{{' in said and f'"{name.stem}"' in said)
                and not FOUND_BY_NAME.match(name.as_posix())
            ]
        )

    def test_are_all_well_formed(self):
        for path in pages():
            get_template(path.relative_to(TEMPLATES).as_posix())

    def test_keep_to_the_content_security_policy(self):
        none(
            [
                f"{short(path)}: {what}"
                for path in pages()
                if not PRINTED.search(path.relative_to(TEMPLATES).as_posix())
                for what, found in INLINE.items()
                if found.search(TAG.sub("…", text_of(path)))
            ]
        )

    def test_switch_escaping_off_nowhere(self):
        none([short(path) for path in pages() if re.search(r"\|\s*safe\b|autoescape off", text_of(path))])

    def test_never_call_a_practice_compliant(self):
        """We say what was checked (docs/decisions/five-contradictions.md)."""
        none(
            [
                short(path)
                for path in template_files()
                if re.search(r"complian(t|ce with)", text_of(path), re.I)
            ]
        )

    def test_name_only_addresses_that_exist(self):
        known = all_names()
        named = {
            (short(path), name)
            for path in pages()
            for name in re.findall(r"\{%\s*url\s+[\"']([\w:-]+)[\"']", text_of(path))
        }
        none(sorted((page, name) for page, name in named if name not in known))


def all_names(resolver=None, prefix=""):
    """Every name of the URLconf, with its namespaces."""
    resolver = resolver or get_resolver()
    names = {prefix + name for name in resolver.reverse_dict if isinstance(name, str)}
    for space, (_, inner) in resolver.namespace_dict.items():
        names |= all_names(inner, f"{prefix}{space}:")
    return names
