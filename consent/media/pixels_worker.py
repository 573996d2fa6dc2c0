"""Runs on its own, outside Django: a file on standard input; on standard output a line of JSON, then new pictures.

Started by `pixels.made_anew` in isolated mode, within limits. What is published is made here from pixels
alone: a new image is built from the decoded bytes, so that no metadata of any kind can come along (R37).
"""

import io
import json
import resource
import sys
import warnings
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from consent.media.carried import carried
from consent.media.likeness import COARSE, FINE, windows

MEMORY_BYTES = 1536 * 1024 * 1024
CPU_SECONDS = 20
OPEN_FILES = 32
try:  # of the extra `images`: it only reads, and its plugin is known by content like the others
    import pi_heif
except ImportError:
    HEIC: tuple[str, ...] = ()
else:
    pi_heif.register_heif_opener(thumbnails=False)
    HEIC = ("HEIF",)
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", *HEIC)
FIRST_OF_SEVERAL = ("JPEG", "MPO", "GIF", *HEIC)


class Refused(Exception):
    """Why the file is not used: a code and what to say with it."""

    def __init__(self, code: str, **said: Any) -> None:
        super().__init__(code)
        self.told = {"refused": code, "said": said}


def limit(memory: int = MEMORY_BYTES, seconds: int = CPU_SECONDS) -> None:
    """Take this process's own rights away before it looks at a byte of the file."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def opened(data: bytes, max_pixels: int) -> Image.Image:
    """The picture, its format allow-listed by content and its size known to be bearable; nothing decoded yet."""
    Image.MAX_IMAGE_PIXELS = None  # we count ourselves, and refuse where Pillow would only warn
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError as error:
        raise Refused("not_a_picture") from error
    width, height = image.size
    if width * height > max_pixels:
        raise Refused("too_many_pixels", width=width, height=height)
    # A telephone's JPEG may carry a second picture, and a GIF begins with a still; PNG and WebP with frames move.
    if image.format not in FIRST_OF_SEVERAL and getattr(image, "n_frames", 1) > 1:
        raise Refused("moving")
    return image


def upright(image: Image.Image, long_side: int) -> Image.Image:
    """The picture decoded, the right way up, no longer than `long_side`, in plain sRGB colours on white."""
    image.draft("RGB", (2 * long_side, 2 * long_side))
    image.load()
    profile = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    image.thumbnail((long_side, long_side), Image.Resampling.LANCZOS, reducing_gap=3.0)
    if image.mode in ("RGBA", "LA", "PA", "P") or "transparency" in image.info:
        coloured = image.convert("RGBA")
        ground = Image.new("RGBA", coloured.size, "white")
        image = Image.alpha_composite(ground, coloured)
    elif profile and image.mode in ("RGB", "CMYK", "L"):
        image = in_srgb(image, profile)
    return image.convert("RGB")


def in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """The colours as they were meant, without the profile; a profile that cannot be read changes nothing."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return changed or image


def jpeg(image: Image.Image, quality: int) -> bytes:
    """A JPEG of these pixels and of nothing else."""
    fresh = Image.frombytes("RGB", image.size, image.tobytes())
    target = io.BytesIO()
    fresh.save(target, "JPEG", quality=quality, optimize=True, progressive=True)
    return target.getvalue()


def likeness(image: Image.Image) -> str:
    """Where the picture and windows of it grow lighter from left to right, as text (`consent.media.likeness`)."""
    grey = image.convert("L")
    wide, high = grey.size
    parts = [_lighter(grey, COARSE)]
    for left, top, right, bottom in windows():
        kept = (
            round(left * wide),
            round(top * high),
            round(wide - right * wide),
            round(high - bottom * high),
        )
        parts.append(_lighter(grey.resize((FINE + 1, FINE), Image.Resampling.LANCZOS, box=kept), FINE))
    return "".join(parts)


def _lighter(grey: Image.Image, cells: int) -> str:
    """Whether each cell is darker than its neighbour, as hexadecimal digits."""
    bytes_ = grey.resize((cells + 1, cells), Image.Resampling.LANCZOS).tobytes()
    bits = (
        bytes_[(cells + 1) * row + step] < bytes_[(cells + 1) * row + step + 1]
        for row in range(cells)
        for step in range(cells)
    )
    return f"{sum(bit << place for place, bit in enumerate(bits)):0{cells * cells // 4}x}"


def made(
    data: bytes, max_pixels: int, long_side: int, small_side: int, quality: int
) -> tuple[dict[str, Any], bytes]:
    """What was found and the new pictures, the large one first."""
    image = opened(data, max_pixels)
    found, size = image.format, image.size
    source, image = image, upright(image, long_side)
    large = jpeg(image, quality)
    width, height = image.size
    alike = likeness(image)
    image.thumbnail((small_side, small_side), Image.Resampling.LANCZOS)
    told = {
        "format": found,
        "from": list(size),
        "width": width,
        "height": height,
        "large": len(large),
        "carried": carried(source, data),
        "likeness": alike,
    }
    return told, large + jpeg(image, quality)


def answer(data: bytes, measures: list[int]) -> tuple[dict[str, Any], bytes]:
    """`made`, with every way in which a file can be bad turned into a refusal."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        return made(data, *measures)
    except Refused as refused:
        return refused.told, b""
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Refused("too_hard").told, b""
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError):
        return Refused("damaged").told, b""


def main() -> None:
    """Answer once, with this process's own rights taken away before it looks at a byte of the file."""
    limit()
    told, pictures = answer(sys.stdin.buffer.read(), [int(measure) for measure in sys.argv[1:]])
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + pictures)
