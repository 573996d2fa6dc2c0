"""What changes practices, members and their sign-ins."""

from .members import (
    AlreadyMember,
    LastOwner,
    WorksElsewhere,
    add_member,
    change_roles,
    end_membership,
    make_password_link,
    remove_second_factor,
)
from .practices import (
    DemoStillHere,
    Facts,
    FactsOfThatDay,
    NameTaken,
    OwnerDetails,
    PracticeDetails,
    add_location,
    change_practice,
    open_practice,
    record_facts,
)
from .sign_in import change_password, change_pin, lock_out, sign_in

__all__ = [
    "AlreadyMember",
    "DemoStillHere",
    "Facts",
    "FactsOfThatDay",
    "LastOwner",
    "NameTaken",
    "OwnerDetails",
    "PracticeDetails",
    "WorksElsewhere",
    "add_location",
    "add_member",
    "change_password",
    "change_pin",
    "change_practice",
    "change_roles",
    "end_membership",
    "lock_out",
    "make_password_link",
    "open_practice",
    "record_facts",
    "remove_second_factor",
    "sign_in",
]
