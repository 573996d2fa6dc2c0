"""Add somebody; change, rename, number, reach; record a death."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consent.access.doors import MemberRequest, requires
from consent.access.searches import typed

from .. import actions
from ..actions import LikelyDuplicate
from ..forms import (
    ContactPointForm,
    DeathForm,
    DetailsForm,
    IdentifierForm,
    NameForm,
    PersonForm,
    kept,
)
from ..models import Person
from ..queries import current_name, person_of, shown_name


def to_record(request: MemberRequest, person: Person, said: str) -> HttpResponse:
    """Back to the person's record, with a sentence."""
    messages.success(request, said)
    return redirect("records:person", request.practice.slug, person.pk)


def page(
    request: MemberRequest, template: str, person: Person, form: forms.Form, **more: Any
) -> HttpResponse:
    """A form about one person."""
    name = shown_name(person, identify=request.can("person.identify"))
    return render(request, template, {"person": person, "name": name, "form": form} | more)


@requires("person.edit")
@require_http_methods(["GET", "POST"])
def add(request: MemberRequest) -> HttpResponse:
    """Add somebody; asks first whether it is one of those who look the same."""
    # Whoever was searched for and not found comes along by name, and is asked for the rest.
    called = typed(request, "called")
    form = PersonForm(None if called else request.POST or None, initial={"given": called})
    others: list[Person] = []
    if form.is_valid():
        known = "knowing_duplicates" in request.POST
        try:
            person = kept(form, lambda: actions.add_person(
                practice=request.practice, **form.told(), knowing_duplicates=known, by=request.by, at=timezone.now(),
            ))  # fmt: skip
        except LikelyDuplicate as found:
            person, others = None, found.people
        if person is not None:
            return to_record(request, person, f"{current_name(person)} is added.")
    return render(request, "people/add.html", {"form": form, "others": others})


@requires("person.edit")
@require_http_methods(["GET", "POST"])
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Change details; what decides who may sign included."""
    person = person_of(request.practice, pk)
    form = DetailsForm(request.POST or None, person=person)
    if form.is_valid():
        at = timezone.now()
        if kept(
            form, lambda: actions.change_person(person=person, changes=form.changes(), by=request.by, at=at)
        ):
            return to_record(request, person, "The details are saved.")
    return page(request, "people/change.html", person, form)


@requires("person.edit")
@require_http_methods(["GET", "POST"])
def rename(request: MemberRequest, pk: int) -> HttpResponse:
    """A new name from today on; the former one still finds the person."""
    person = person_of(request.practice, pk)
    now = current_name(person)
    initial = {"given": now.given, "family": now.family} if now else None
    form = NameForm(request.POST or None, initial=initial)
    if form.is_valid():
        at = timezone.now()
        if kept(
            form, lambda: actions.rename_person(person=person, **form.cleaned_data, by=request.by, at=at)
        ):
            return to_record(request, person, "The new name is kept. The former one still finds this record.")
    return page(request, "people/rename.html", person, form)


@requires("person.edit")
@require_http_methods(["GET", "POST"])
def record_death(request: MemberRequest, pk: int) -> HttpResponse:
    """Record a death, which stops what rests on the person's own signature."""
    person = person_of(request.practice, pk)
    form = DeathForm(request.POST or None)
    if form.is_valid():
        at = timezone.now()
        if kept(form, lambda: actions.record_death(person=person, **form.cleaned_data, by=request.by, at=at)):
            return to_record(
                request, person, "The death is recorded. Nothing rests on their own signature now."
            )
    return page(request, "people/record_death.html", person, form)


@requires("person.edit")
@require_http_methods(["GET", "POST"])
def add_identifier(request: MemberRequest, pk: int) -> HttpResponse:
    """Note the person's number in another system."""
    person = person_of(request.practice, pk)
    form = IdentifierForm(request.POST or None, initial={"system": "Chart"})
    if form.is_valid():
        said, at = form.cleaned_data, timezone.now()
        if kept(form, lambda: actions.add_identifier(
            person=person, system=said["system"], value=said["identifier"], by=request.by, at=at
        )):  # fmt: skip
            return to_record(request, person, "The number is kept.")
    return page(request, "people/add_identifier.html", person, form)


@requires("person.edit")
@require_http_methods(["GET", "POST"])
def add_contact_point(request: MemberRequest, pk: int) -> HttpResponse:
    """Note how to reach the person."""
    person = person_of(request.practice, pk)
    form = ContactPointForm(request.POST or None)
    if form.is_valid():
        at = timezone.now()
        if kept(
            form, lambda: actions.add_contact_point(person=person, **form.cleaned_data, by=request.by, at=at)
        ):
            return to_record(request, person, "The contact is kept.")
    return page(request, "people/add_contact_point.html", person, form)
