"""Posts and versions, read: what would be sent (`contents`), and what pages show (`whole_versions`)."""

from .contents import Content, Picture, content_of, contents, payload_of
from .versions import (
    appearances,
    left_out,
    living_versions,
    posts_changed_lately,
    whole_version,
    whole_versions,
)

__all__ = [
    "Content",
    "Picture",
    "appearances",
    "content_of",
    "contents",
    "left_out",
    "living_versions",
    "payload_of",
    "posts_changed_lately",
    "whole_version",
    "whole_versions",
]
