"""Copy the fonts of the pack out of the npm packages that bring them, and write down which characters they show.

Run by `make env` with the project's own Python, after the front end has installed the packages. The result is in
src/counterpart/pack/fonts, is not kept in git, and goes into the wheel, each font with its licence.
"""

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools.ttLib import TTFont

from tools.environment import BUILD, ROOT, digest, one_at_a_time, say
from tools.frontend import PACKAGES

FONTS = ROOT / "src" / "counterpart" / "pack" / "fonts"
FROM = PACKAGES / "@expo-google-fonts"
WEIGHTS = ("400Regular", "700Bold")
FAMILIES = (
    "noto-sans",
    "vazirmatn",
    "noto-sans-arabic",
    "noto-sans-hebrew",
    "noto-sans-bengali",
    "noto-sans-gurmukhi",
    "noto-sans-gujarati",
    "noto-sans-tamil",
    "noto-sans-ethiopic",
    "noto-sans-thai",
    "gowun-dodum",
    "chocolate-classical-sans",
)
"""The one all else is set in, then those for further scripts: Korean and Chinese (with Japanese) last.

Vazirmatn comes before Noto for Arabic: copied out of the PDF its letters are those that were written, where Noto's
letters made of two shapes come out twice.
"""


def main() -> None:
    """Bring the fonts up to date; say what is being done."""
    with one_at_a_time("fonts"):
        stamp = BUILD / "fonts.stamp"
        wanted = digest(ROOT / "package-lock.json", Path(__file__))
        if (FONTS / "covered.json").exists() and stamp.exists() and stamp.read_text() == wanted:
            say("The fonts are up to date")
            return
        say("Copying the fonts of the pack")
        build()
        stamp.write_text(wanted)


def build() -> None:
    """Make the whole of FONTS anew."""
    shutil.rmtree(FONTS, ignore_errors=True)
    FONTS.mkdir(parents=True)
    families = []
    for family in FAMILIES:
        shutil.copy(FROM / family / "LICENSE_FONT", FONTS / f"{family}.LICENCE.txt")
        found = [path for weight in WEIGHTS for path in (FROM / family / weight).glob("*.ttf")]
        for path in found:
            shutil.copy(path, FONTS)
        families.append(_family(found[0]))
    covered = {"families": [f["name"] for f in families], "ranges": [f["ranges"] for f in families]}
    (FONTS / "covered.json").write_text(json.dumps(covered), encoding="utf-8")


def _family(path: Path) -> dict[str, object]:
    """The name of a font as programs know it, and the ranges of the characters it shows."""
    with TTFont(path) as font:
        name = font["name"].getBestFamilyName()
        return {"name": name, "ranges": list(ranges(font.getBestCmap()))}


def ranges(points: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Code points as (first, last) of each unbroken run, in order."""
    first = last = None
    for point in sorted(points):
        if last is not None and point == last + 1:
            last = point
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = point
    if first is not None and last is not None:
        yield first, last


if __name__ == "__main__":
    main()
