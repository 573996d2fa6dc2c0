"""Proposals to clear a reason, and what was written about findings: what the panel and the review page show."""

from collections.abc import Collection

from consent.access.models import Membership, Practice
from posts.content.models import Post
from posts.content.queries import contents
from posts.gate.decide import Verdict
from posts.gate.facts import PostFacts

from ..models import Clearing, Finding, PrematureUpload
from ..rules import Asked

Judged = tuple[PostFacts, Verdict]
Place = tuple[int, str, str]


def asked_of(judged: Collection[Judged]) -> dict[Place, Asked]:
    """The latest proposal for each version, digest and reason; no query if nothing can be cleared."""
    versions = {facts.version for facts, verdict in judged if verdict.cleared or _clearable(verdict)}
    if not versions:
        return {}
    rows = Clearing.objects.filter(version__in=versions).order_by("proposed_at", "id")
    return {
        (row.version_id, row.digest, row.fingerprint): _asked(row)
        for row in rows.select_related("proposed_by", "confirmed_by", "refused_by")
    }


def notes_of(judged: Collection[Judged]) -> dict[str, str]:
    """What was written about each finding among the reasons; no query if there is none."""
    numbers = {
        reason.finding
        for _, verdict in judged
        for reason in (*verdict.reasons, *verdict.cleared)
        if reason.finding.isdecimal()
    }
    rows = Finding.objects.filter(pk__in=numbers) if numbers else ()
    return {str(row.pk): row.note for row in rows}


def waiting_clearings(practice: Practice) -> list[Clearing]:
    """The proposals that nobody has answered and that still are about what the version holds, the oldest first."""
    rows = Clearing.objects.filter(
        practice=practice,
        confirmed_at=None,
        refused_at=None,
        version__dropped_at=None,
        version__post__discarded_at=None,
    ).select_related("version__post", "version__account", "proposed_by")
    found = list(rows.order_by("proposed_at", "id"))
    now = contents({row.version_id for row in found})
    return [row for row in found if now[row.version_id].payload.digest == row.digest]


def clearing_named(practice: Practice, number: int) -> Clearing | None:
    """A proposal of the practice with its post and people."""
    rows = Clearing.objects.filter(practice=practice, pk=number)
    return rows.select_related("version__post", "proposed_by", "confirmed_by", "refused_by").first()


def uploads_of(post: Post) -> list[PrematureUpload]:
    """Where the post lay in a network's drafts before the gate was asked, the earliest first."""
    rows = PrematureUpload.objects.filter(version__post=post)
    return list(rows.select_related("version__account", "removed_by").order_by("uploaded_at", "id"))


def may_confirm(practice: Practice, but: Collection[int]) -> list[str]:
    """The names of those who may be the second person; `but` are the numbers of users who cannot."""
    living = Membership.objects.filter(practice=practice, ended_at=None).select_related("user")
    others = (one for one in living if one.user_id not in but and one.can("clearing.confirm"))
    return sorted(one.user.name for one in others)


def _clearable(verdict: Verdict) -> bool:
    """Whether something speaks against it that two people may clear."""
    return any(reason.entry.weight == "REVIEW" for reason in verdict.reasons)


def _asked(row: Clearing) -> Asked:
    """A proposal in plain words."""
    other = row.confirmed_by or row.refused_by
    outcome = "confirmed" if row.confirmed_by else "refused" if row.refused_by else "waiting"
    return Asked(
        row.pk, row.proposed_by.name, row.proposed_by_id, row.why, outcome, other.name if other else ""
    )
