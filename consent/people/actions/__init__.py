"""Write people down: who they are, who may sign for them, which records are one human being.

Whatever can change what may be published takes the person's row first, in id order (design 7.1).
"""

from .bouncing import bounce_contact_points
from .connecting import end_connection, record_connection
from .joining import AlreadyJoined, OwnRecord, join_member, part_member
from .keeping import (
    IdentifierTaken,
    LikelyDuplicate,
    add_contact_point,
    add_identifier,
    add_person,
    change_person,
    confirm_contact_point,
    erase_contact_point,
    index_words,
    note_viewing,
    record_death,
    rename_person,
    verify_contact_point,
)
from .merging import NotMergeable, NotMerged, confirm_merge, merge_people, undo_merge
from .representing import (
    EvidenceMissing,
    NotRepresentable,
    add_new_representative,
    add_representation,
    end_representation,
    exclude_representation,
    record_found_representation,
    verify_representation,
)
from .rostering import keep_on_roster, rebuild_roster

__all__ = [
    "AlreadyJoined",
    "EvidenceMissing",
    "IdentifierTaken",
    "LikelyDuplicate",
    "NotMergeable",
    "NotMerged",
    "NotRepresentable",
    "OwnRecord",
    "add_contact_point",
    "add_identifier",
    "add_new_representative",
    "add_person",
    "add_representation",
    "bounce_contact_points",
    "change_person",
    "confirm_contact_point",
    "confirm_merge",
    "end_connection",
    "end_representation",
    "erase_contact_point",
    "exclude_representation",
    "index_words",
    "join_member",
    "keep_on_roster",
    "merge_people",
    "note_viewing",
    "part_member",
    "rebuild_roster",
    "record_connection",
    "record_death",
    "record_found_representation",
    "rename_person",
    "undo_merge",
    "verify_contact_point",
    "verify_representation",
]
