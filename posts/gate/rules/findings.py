"""What detectors and people have seen that identifies someone, and whether they looked (R34-R38, R44, R50)."""

from collections.abc import Iterator

from ..facts import PostFacts
from ..reasons import Reason


def nothing_is_unaccounted_for(facts: PostFacts) -> Iterator[Reason]:
    """Did every detector run that should have, and is nothing it or a person saw left open?"""
    if facts.screening.required and not facts.screening.ran:
        yield Reason("DETECTOR_UNAVAILABLE")
    for picture in facts.pictures:
        if facts.screening.pictures and not picture.detected:
            yield Reason("DETECTOR_UNAVAILABLE", asset=picture.asset)
        elif not picture.looked_over:
            yield Reason("PICTURE_NOT_LOOKED_OVER", asset=picture.asset)
    for finding in facts.findings:
        yield Reason(finding.code, asset=finding.asset, keys=(finding.kind,), finding=finding.id)
