"""A short video for tests, drawn and sounded here; its making needs the extra `images`."""

import importlib.util
import io
from typing import Any

from PIL import Image, ImageDraw

HAS_FILMS = importlib.util.find_spec("av") is not None
TITLE, PLACE = "Ana Ruiz", "+40.4406-079.9959/"


def film(
    *,
    seconds: int = 3,
    size: tuple[int, int] = (320, 240),
    codec: str = "libx264",
    colours: tuple[str, ...] = ("seagreen", "white"),
    rate: int = 10,
) -> bytes:
    """An MP4 with sound, that tells in its tags whom it shows and where; its colour changes in the middle."""
    import av

    target = io.BytesIO()
    made: Any = av.open(target, "w", format="mp4", options={"movflags": "use_metadata_tags"})
    made.metadata.update({"title": TITLE, "comment": "room 4", "location": PLACE})
    picture = made.add_stream(codec, rate=rate)
    picture.width, picture.height, picture.pix_fmt = *size, "yuv420p"
    sound = made.add_stream("aac", rate=44_100, layout="mono")
    for number in range(seconds * rate):
        image = Image.new("RGB", size, colours[number * len(colours) // (seconds * rate)])
        ImageDraw.Draw(image).ellipse((number, 20, number + 60, 80), fill="gold")
        frame = av.VideoFrame.from_image(image)
        frame.pts = number
        made.mux(picture.encode(frame))
    made.mux(picture.encode(None))
    for number in range(seconds * 44_100 // 1024):
        piece = av.AudioFrame(format="fltp", layout="mono", samples=1024)
        piece.sample_rate, piece.pts = 44_100, number * 1024
        for plane in piece.planes:
            plane.update(bytes(plane.buffer_size))
        made.mux(sound.encode(piece))
    made.mux(sound.encode(None))
    made.close()
    return target.getvalue()
