"""Keep tokens out of logs: the path of a person's own page or of a one-time link is never written."""

import logging
import re

SECRET_PATHS = re.compile(r"/(my|sign|card|signed|file|welcome)/[^\s\"'?]+")


class RedactPaths(logging.Filter):
    """Replace the secret part of a path in a log line."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = SECRET_PATHS.sub(r"/\1/…", record.getMessage())
        record.args = ()
        return True
