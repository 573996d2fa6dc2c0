"""What networks reached over HTTP share: one call, and only documented refusals are definite."""

from collections.abc import Collection, Mapping
from typing import Any

from .rules import Refused, Unknown
from .transport import Answer, NoAnswer, NotSent, call

DETAIL_LENGTH = 200


class HttpAdapter:
    """A base for adapters. `REFUSALS` lists the statuses the network documents as "nothing happened".

    The value says whether that is permanent. Every other failure, and a success that cannot be read, is unknown.
    """

    REFUSALS: Mapping[int, bool] = {400: True, 401: True, 403: True, 404: True, 422: True, 429: False}
    ALLOWED: Collection[str] = ()

    def ask(self, method: str, url: str, *, seconds: float, **content: Any) -> Answer | Refused | Unknown:
        """The answer if it is a success; otherwise what its failure means."""
        try:
            answer = call(method, url, seconds=seconds, allowed=self.ALLOWED, **content)
        except NotSent as error:
            return Refused(str(error)[:DETAIL_LENGTH], permanent=False)
        except NoAnswer as error:
            return Unknown(str(error)[:DETAIL_LENGTH])
        if 200 <= answer.status < 300:
            return answer
        if answer.status in self.REFUSALS:
            return Refused(f"{method} was refused with {answer.status}.", self.REFUSALS[answer.status])
        return Unknown(f"{method} was answered with {answer.status}.")
