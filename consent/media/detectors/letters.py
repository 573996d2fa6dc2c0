"""Where text stands, and what it says: RapidOCR with the models that its package carries, offline (R38)."""

import importlib.metadata
from typing import Any

from PIL import Image

from .sights import TEXT, NotThere, Sight, bounded

LOOKED_AT = 1280
THREADS = 2
READ = 0.5
MOST = 200


class Letters:
    """The detector and reader of text. Raises `NotThere`."""

    def __init__(self) -> None:
        try:
            from rapidocr_onnxruntime import RapidOCR
        except ImportError as error:
            raise NotThere("The picture detectors are not installed.") from error
        self._ocr: Any = RapidOCR(det_limit_type="max", intra_op_num_threads=THREADS)
        self.version = f"rapidocr {importlib.metadata.version('rapidocr-onnxruntime')}"

    def __call__(self, image: Image.Image) -> list[Sight]:
        """The lines of text in a picture: found in a smaller copy, read in all its pixels."""
        import cv2
        import numpy as np

        wide, high = image.size
        coloured = np.asarray(image)[:, :, ::-1]  # OpenCV's order of colours
        scale = min(1.0, LOOKED_AT / max(wide, high))
        small = cv2.resize(coloured, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        found, _ = self._ocr.text_det(np.ascontiguousarray(small))
        if found is None or not len(found):
            return []
        lines = self._ocr.sorted_boxes(found.astype(np.float32) / scale)[:MOST]
        cut = self._ocr.get_crop_img_list(np.ascontiguousarray(coloured), lines)
        read, _ = self._ocr.text_rec(self._ocr.text_cls(cut)[0], False)
        return [self._sight(line, answer, wide, high) for line, answer in zip(lines, read, strict=True)]

    @staticmethod
    def _sight(line: Any, answer: Any, wide: int, high: int) -> Sight:
        """A line of text; what was read uncertainly counts as not read."""
        (left, top), (right, bottom) = line.min(axis=0), line.max(axis=0)
        text, sure = str(answer[0]), float(answer[1])
        box = bounded(left, top, right - left, bottom - top, wide, high)
        return Sight(TEXT, box, round(sure, 3), text if sure >= READ else "")
