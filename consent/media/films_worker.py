"""Runs on its own, outside Django: an MP4 on standard input; a line of JSON, then a new MP4 and pictures from it.

Started by `films.film_made_anew` within limits. The container is sniffed, codecs are allow-listed, and every frame and
sound is decoded and encoded anew: no tag, no place, no further stream can come along (R37). The moving picture is
scaled to at most 1280 pixels and 30 frames a second.
"""

import io
import json
import sys
from fractions import Fraction
from typing import Any

import av
from PIL import Image

from consent.media.pixels_worker import Refused, jpeg, likeness, limit

MEMORY_BYTES = 2560 * 1024 * 1024
CPU_SECONDS = 400
DECODERS = {"h264": "video", "aac": "audio"}
LONG_SIDE, MOST_SIDE, MOST_RATE = 1280, 4096, 30
OPTIONS = {"preset": "veryfast", "crf": "23", "threads": "2", "bf": "0"}
# Whole in one piece, so that it can be played while it loads, and written without going back.
FLAGS = "frag_keyframe+empty_moov+default_base_moof"


def opened_film(data: bytes) -> Any:
    """The container, if it is an MP4 with one h264 picture and at most one aac sound; nothing decoded yet."""
    if data[4:8] != b"ftyp":
        raise Refused("not_a_film")
    try:
        film = av.open(io.BytesIO(data), format="mp4", metadata_errors="ignore")
    except (av.FFmpegError, ValueError) as error:
        raise Refused("film_damaged") from error
    streams = [one for one in film.streams if one.type in ("video", "audio")]
    pictures = [one for one in streams if one.type == "video"]
    if len(pictures) != 1 or len(streams) > 2 or any(not _allowed(one) for one in streams):
        raise Refused("film_codec")
    return film


def _allowed(stream: Any) -> bool:
    context = stream.codec_context
    return context is not None and DECODERS.get(context.name) == stream.type


def measured(film: Any, most_seconds: int) -> float:
    """How long it says to be; too long or too large is refused before a frame is decoded."""
    picture = film.streams.video[0]
    wide, high = picture.codec_context.width, picture.codec_context.height
    if not min(wide, high) >= 16 or max(wide, high) > MOST_SIDE:
        raise Refused("film_too_many_pixels", width=wide, height=high)
    seconds = float((film.duration or 0) / av.time_base)
    if seconds > most_seconds:
        raise Refused("film_too_long", seconds=round(seconds), limit=most_seconds)
    return seconds


def size_of(wide: int, high: int) -> tuple[int, int]:
    """Even sides, no longer than `LONG_SIDE`."""
    part = min(1.0, LONG_SIDE / max(wide, high))
    return max(2, round(wide * part / 2) * 2), max(2, round(high * part / 2) * 2)


class Making:
    """The new film as it grows."""

    def __init__(self, film: Any, most_seconds: int) -> None:
        self._most = most_seconds
        self._target = io.BytesIO()
        self._made = av.open(self._target, "w", format="mp4", options={"movflags": FLAGS})
        picture = film.streams.video[0]
        self.turned = 0
        self._rate = min(MOST_RATE, max(1, round(float(picture.average_rate or MOST_RATE))))
        self._picture: Any = None
        self._sound: Any = None
        if film.streams.audio:
            self._sound = self._made.add_stream("aac", rate=44_100, layout="stereo")
            self._resampler = av.AudioResampler(format="fltp", layout="stereo", rate=44_100)
        self.poster: Any = None
        self._next, self.frames, self.seconds = 0.0, 0, 0.0

    def frame(self, frame: Any) -> None:
        """A picture of the old film: kept if it comes late enough after the one before."""
        at = float(frame.time or 0.0)
        self.seconds = max(self.seconds, at)
        if at > self._most + 1:
            raise Refused("film_too_long", seconds=round(at), limit=self._most)
        if at + 1e-6 < self._next:
            return
        new = small_and_upright(frame)
        if self._picture is None:
            self._picture = self._made.add_stream("libx264", rate=self._rate, options=OPTIONS)
            self._picture.width, self._picture.height = new.width, new.height
            self._picture.pix_fmt = "yuv420p"
            self.poster = new.to_image()
        elif (new.width, new.height) != (self._picture.width, self._picture.height):
            raise Refused("film_damaged")  # it changes its size in the middle
        new.pts, new.time_base = self.frames, Fraction(1, self._rate)
        self.frames += 1
        self._next = self.frames / self._rate
        self._made.mux(self._picture.encode(new))

    def sound(self, frame: Any) -> None:
        """A piece of the old film's sound."""
        frame.pts = None
        for piece in self._resampler.resample(frame):
            self._made.mux(self._sound.encode(piece))

    @property
    def length(self) -> int:
        """How many seconds were made."""
        return max(1, round(self.frames / self._rate))

    def finish(self) -> bytes:
        """The whole of it."""
        if self._picture is None:
            raise Refused("film_damaged")
        self._made.mux(self._picture.encode(None))
        if self._sound is not None:
            self._made.mux(self._sound.encode(None))
        self._made.close()
        return self._target.getvalue()


def small_and_upright(frame: Any) -> Any:
    """A frame the right way up, no longer than `LONG_SIDE`."""
    wide, high = size_of(frame.width, frame.height)
    turn = int(getattr(frame, "rotation", 0) or 0) % 360
    if not turn:
        return frame.reformat(width=wide, height=high, format="yuv420p")
    turned = frame.to_image(width=wide, height=high).rotate(turn, expand=True)
    return av.VideoFrame.from_image(turned).reformat(format="yuv420p")


def made(data: bytes, most_seconds: int, small_side: int, quality: int) -> tuple[dict[str, Any], bytes]:
    """What was found; then the new film, its first frame, and that one small."""
    film = opened_film(data)
    measured(film, most_seconds)
    making = Making(film, most_seconds)
    streams = [film.streams.video[0], *film.streams.audio[:1]]
    for packet in film.demux(*streams):
        for frame in packet.decode():
            (making.frame if packet.stream.type == "video" else making.sound)(frame)
    new, poster = making.finish(), making.poster
    large = jpeg(poster, quality)
    told = {
        "width": poster.width,
        "height": poster.height,
        "seconds": making.length,
        "film": len(new),
        "poster": len(large),
        "sound": bool(film.streams.audio),
        "tags": bool(film.metadata),
        "likeness": likeness(poster),
    }
    poster.thumbnail((small_side, small_side), Image.Resampling.LANCZOS)
    return told, new + large + jpeg(poster, quality)


def answer(data: bytes, measures: list[int]) -> tuple[dict[str, Any], bytes]:
    """`made`, with every way in which a file can be bad turned into a refusal."""
    try:
        return made(data, *measures)
    except Refused as refused:
        return refused.told, b""
    except MemoryError:
        return Refused("film_too_hard").told, b""
    except (av.FFmpegError, OSError, ValueError, EOFError, LookupError, TypeError, OverflowError):
        return Refused("film_damaged").told, b""


def main() -> None:
    """Answer once, with this process's own rights taken away before it looks at a byte of the file."""
    av.logging.set_level(None)
    limit(MEMORY_BYTES, CPU_SECONDS)
    told, made_files = answer(sys.stdin.buffer.read(), [int(measure) for measure in sys.argv[1:]])
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + made_files)
