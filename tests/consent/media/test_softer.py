"""A softer cover: so coarse that nothing can be got back, checked by the detectors, and otherwise refused (R39)."""

from PIL import Image

from consent.media.actions import retouch
from consent.media.queries import rendition_of
from tests.cast import NOW, by
from tests.consent.media.test_retouch import GROWN_FACE, pixels
from tests.consent.media.test_scans import FACE, failing, look, seeing
from tests.consent.media.test_settling import seen_picture
from tests.desk import as_, at


class TestASofterCover:
    def soft(self, cast, asset):
        rendition = rendition_of(asset)
        return retouch(rendition=rendition, covers=[FACE.box], soft=True, by=by(cast.dan), at=NOW)

    def test_leaves_at_most_five_cells_a_side(self, cast):
        new = self.soft(cast, seen_picture(cast, FACE))
        place = GROWN_FACE
        box = (place.x, place.y, place.x + place.width, place.y + place.height)
        inner = pixels(new).crop(box).convert("L")
        few = inner.resize((5, 5), Image.Resampling.BOX).resize(inner.size, Image.Resampling.NEAREST)
        assert max(abs(a - b) for a, b in zip(inner.tobytes(), few.tobytes(), strict=True)) < 70
        assert len(set(inner.resize((20, 20), Image.Resampling.NEAREST).quantize(32).tobytes())) <= 32
        assert "softly covered 1 places, each grown by 18%" in new.recipe

    def test_is_refused_if_something_is_still_found_in_it(self, cast):
        new = self.soft(cast, seen_picture(cast, FACE))
        look(cast, seeing(FACE))
        new.refresh_from_db()
        assert new.refused_at

    def test_is_refused_where_no_detector_can_check_it(self, cast):
        asset = seen_picture(cast, FACE)
        new = self.soft(cast, asset)
        look(cast, failing(passing=False))
        new.refresh_from_db()
        assert new.refused_at
        assert rendition_of(asset).pk != new.pk

    def test_is_kept_when_they_find_nothing(self, cast):
        asset = seen_picture(cast, FACE)
        new = self.soft(cast, asset)
        look(cast, seeing())
        assert rendition_of(asset).pk == new.pk

    def test_is_a_box_on_the_page(self, cast):
        asset = seen_picture(cast, FACE)
        sent = {"cover_x": 100, "cover_y": 80, "cover_width": 60, "cover_height": 80, "soft": "on"}
        as_(cast.dan).post(at("media:retouch", asset.pk), sent)
        assert rendition_of(asset).places["soft"]
