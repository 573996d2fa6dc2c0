"""Everything of the screening once, in a process that may touch no network: `python -m tests.posts.screening.cut_off`.

Python tells of each socket before it is used (audit events); the first one is written down and ends the process. So
it is in the processes that open pictures and look at them. What a library in C does by itself Python does not hear of:
for that the whole runs in a network of its own, without any way out, where the machine allows it.
"""

import json
import sys

# A resolver and a connection, a datagram, a listener: each begins with one of these.
CUT = """
import os, sys
def cut(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.client", "ftplib.", "smtplib.")):
        os.write(2, ("NETWORK " + event + "\\\\n").encode())
        os._exit(97)
sys.addaudithook(cut)
"""


def cut_off() -> None:
    """From now on no socket, here or in the processes that open pictures."""
    from consent.media import aside

    aside.START = (
        f"exec({CUT!r}); {aside.START}".replace("{worker}", "\0")
        .replace("{", "{{")
        .replace("}", "}}")
        .replace("\0", "{worker}")
    )
    exec(CUT, {})


def screened() -> dict[str, object]:
    """What the screening says of words, of a picture, of its copies, and of what detectors see in it."""
    from consent.media.detectors.sights import Box
    from consent.media.editing import retouched
    from consent.media.pixels import made_anew
    from consent.media.sight import DetectorUnavailable, looked_at
    from posts.screening.rules.screening import kinds_in, screen
    from tests.journeys.test_the_bell import scene
    from tests.pictures import as_file

    made = made_anew(as_file(scene("OR 4  Maria Vega", "DOB 04/12/1961"), quality=95))
    copy = retouched(made.picture, [Box(420, 60, 520, 320)], Box(0, 0, 900, 700))
    told: dict[str, object] = {
        "caption": screen(
            "Maria rang the bell today after 18 rounds of chemotherapy!", "caption", ""
        ).verdict,
        "reply": screen("We loved treating you!", "reply", "Best clinic ever").verdict,
        "pixels": [made.width, made.height, copy.width],
        "read": kinds_in("DOB 04/12/1961"),
    }
    try:
        told["seen"] = [sight.text for sight in looked_at(made.picture).seen]
    except DetectorUnavailable as error:
        told["unavailable"] = str(error)
    return told


def main() -> None:
    """Answer as a line of JSON."""
    import django

    django.setup()
    cut_off()
    sys.stdout.write(json.dumps(screened()) + "\n")


if __name__ == "__main__":
    main()
