"""How a document reaches a browser, whoever asked for it."""

from django.http import HttpResponse

# Chromium shows a PDF through an embedded object and inline styles of its own, which the policy of our pages would
# block (crbug.com/271452). Nothing in a PDF runs with our rights, so it needs only not to be framed.
POLICY = "frame-ancestors 'none'"


def pdf_response(data: bytes, name: str) -> HttpResponse:
    """The PDF shown in the browser under `name`, kept by no cache."""
    return HttpResponse(
        data,
        content_type="application/pdf",
        headers={
            "Cache-Control": "no-store, private",
            "Content-Disposition": f'inline; filename="{name}"',
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
        },
    )
