"""The lock under which something sent twice is seen to be there already."""

from consent.access.models import Practice
from posts.content.models import Post, Version


def one_at_a_time(parent: Post | Version | Practice) -> None:
    """Take the row of what is written about: two tabs, or one button pressed twice, come one after the other.

    Its key stays free, so that rows which only refer to it need not wait.
    """
    type(parent)._default_manager.select_for_update(no_key=True).get(pk=parent.pk)
