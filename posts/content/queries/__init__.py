"""Posts and versions, read: what would be sent (`contents`), and what pages show (`whole_versions`)."""

from .contents import Content, Given, Picture, content_of, contents, payload_of, unnamed_in
from .sights import Sights, sights
from .versions import (
    appearances,
    claims_of,
    left_out,
    living_versions,
    posts_changed_lately,
    whole_version,
    whole_versions,
)

__all__ = [
    "Content",
    "Given",
    "Looked",
    "Picture",
    "Sights",
    "appearances",
    "claims_of",
    "content_of",
    "contents",
    "left_out",
    "living_versions",
    "looks_at",
    "payload_of",
    "posts_changed_lately",
    "sights",
    "unnamed_in",
    "whole_version",
    "whole_versions",
]
