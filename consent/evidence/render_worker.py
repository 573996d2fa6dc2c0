"""Runs on its own, outside Django: HTML on standard input, PDF on standard output, within limits, fetching nothing.

Started by `render.render_pdf` as a script in isolated mode; a hostile or broken page can only end this process.
"""

import hashlib
import resource
import sys

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 20
OPEN_FILES = 64


def limit() -> None:
    """Take this process's own rights away before it reads a byte of the page."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def render(page: bytes) -> bytes:
    """The tagged PDF of `page`, the same bytes for the same page. Raises whatever WeasyPrint raises."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)
    document = HTML(string=page.decode(), encoding="utf-8", url_fetcher=fetcher)
    # The identifier would otherwise be random, and two renderings of one page would differ.
    identifier = hashlib.sha256(page).digest()[:16]
    pdf: bytes = document.write_pdf(pdf_identifier=identifier, pdf_tags=True)
    return pdf


if __name__ == "__main__":
    limit()
    sys.stdout.buffer.write(render(sys.stdin.buffer.read()))
