"""Pages of documents: how many one of ours has, and a PDF made of pages that were scanned."""

from collections.abc import Sequence

import pypdfium2

POINTS_LONGEST = 792  # a letter page; only the shape of a scan is known, not its size


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has that was rendered here. Strangers' files go to `media.scans` instead."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def pdf_of_pages(pages: Sequence[tuple[bytes, int, int]]) -> tuple[bytes, list[int]]:
    """One PDF of `pages`, each a JPEG with its width and height, and where in it each JPEG begins.

    The JPEGs lie in it as they are, so that a page is shown by cutting it out; the same pages give the same bytes.
    """
    out, offsets, starts = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), [], []

    def add(head: str, stream: bytes | None = None) -> None:
        offsets.append(len(out))
        out.extend(f"{len(offsets)} 0 obj\n{head}\n".encode())
        if stream is not None:
            out.extend(b"stream\n")
            starts.append(len(out))
            out.extend(stream + b"\nendstream\n")
        out.extend(b"endobj\n")

    kids = " ".join(f"{3 + 3 * place} 0 R" for place in range(len(pages)))
    add("<< /Type /Catalog /Pages 2 0 R >>")
    add(f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>")
    for jpeg, width, height in pages:
        first, scale = len(offsets) + 1, POINTS_LONGEST / max(width, height)
        across, down = f"{width * scale:.2f}", f"{height * scale:.2f}"
        add(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {across} {down}] /Contents {first + 1} 0 R"
            f" /Resources << /XObject << /Page {first + 2} 0 R >> >> >>"
        )
        drawing = f"{across} 0 0 {down} 0 0 cm /Page Do".encode()
        add(f"<< /Length {len(drawing)} >>", drawing)
        add(
            f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB"
            f" /BitsPerComponent 8 /Filter /DCTDecode /Length {len(jpeg)} >>",
            jpeg,
        )
    table = len(out)
    out.extend(f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n".encode())
    out.extend("".join(f"{offset:010d} 00000 n \n" for offset in offsets).encode())
    out.extend(f"trailer\n<< /Size {len(offsets) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode())
    return bytes(out), starts[1::2]
