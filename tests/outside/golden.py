"""Pictures of every page of the example dossiers: drawn, kept in docs/pictures/<example>/, and compared with what the program draws now.

Pages of all papers, and of the slip of the first unit of each cluster. `judge(example, first, pictures, differences)` gives a
verdict for each paper; where a page looks otherwise, a picture with the kept page, the new one and what differs lies in
`differences`. docs/pictures/renew calls `python golden.py renew FIRST PICTURES EXAMPLE…`, which writes the pictures anew, and
`python golden.py page PDF PAGE FILE`, which writes one page a little larger.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

from verdict import Verdict

# dots to the inch, shades of grey kept, and how large a picture may be
DOTS, SHADES, LARGEST = 64, 16, 45 * 1024
# dots to the inch of the pictures of the guide
LARGER = 70
# a dot differs from so many of 255 levels on; so many dots make another page
LEVELS, FEW = 72, 24


def papers(first):
    """Papers of an example: name of their pictures → PDF."""
    found = {}
    for cluster in sorted(path for path in first.iterdir() if path.is_dir()):
        for pdf in sorted(cluster.glob("*.pdf")):
            found[f"{cluster.name}-{pdf.stem}"] = pdf
        for slip in sorted((cluster / "phieu-diem").glob("*.pdf"))[:1]:
            found[f"{cluster.name}-phieu-diem-{slip.stem}"] = slip
    return found


def draw(pdf, dots=DOTS):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(dots), "-gray", str(pdf), f"{folder}/page"], check=True)
        pages = []
        for path in sorted(Path(folder).iterdir()):
            with Image.open(path) as page:
                pages.append(page.convert("L"))
        return pages


def keep(page, path):
    """A small PNG in few shades."""
    step = 255 / (SHADES - 1)
    flat = page.point([round(round(level / step) * step) for level in range(256)])
    flat.quantize(SHADES, dither=Image.Dither.NONE).save(path, optimize=True)


def renew(first, pictures, examples):
    for example in examples:
        folder = pictures / example
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.png"):
            old.unlink()
        for name, pdf in papers(first / example).items():
            for number, page in enumerate(draw(pdf), start=1):
                path = folder / f"{name}-{number:02}.png"
                keep(page, path)
                if path.stat().st_size > LARGEST:
                    raise SystemExit(f"{path} takes {path.stat().st_size} bytes")


def judge(example, first, pictures, differences):
    kept = {path.stem: path for path in (pictures / example).glob("*.png")}
    for name, pdf in papers(first).items():
        faults = []
        pages = draw(pdf)
        for number, page in enumerate(pages, start=1):
            path = kept.pop(f"{name}-{number:02}", None)
            if path is None:
                faults.append(f"page {number} has no picture")
            elif (fault := _compare(page, path, differences / f"{example}-{path.name}")):
                faults.append(f"page {number} {fault}")
        gone = sorted(stem for stem in kept if stem.rpartition("-")[0] == name)
        faults += [f"{stem}.png is kept, but there is no such page" for stem in gone]
        for stem in gone:
            del kept[stem]
        words = f"{len(pages)} pages" if not faults else "\n".join([*faults, "wanted? then docs/pictures/renew"])
        yield Verdict("pictures", f"{example}/{pdf.relative_to(first)}", not faults, words)
    if kept:
        yield Verdict("pictures", f"{example}/(kept pictures)", False, f"of no paper: {', '.join(sorted(kept))}")


def _compare(page, path, where):
    with Image.open(path) as picture:
        old = picture.convert("L")
    if old.size != page.size:
        return f"is {page.size} dots large, its picture {old.size}"
    apart = ImageChops.difference(old, page).point([255 if level > LEVELS else 0 for level in range(256)])
    dots = apart.histogram()[255]
    if dots <= FEW:
        return None
    where.parent.mkdir(parents=True, exist_ok=True)
    beside = Image.new("L", (3 * old.width, old.height))
    for column, part in enumerate((old, page, ImageChops.invert(apart))):
        beside.paste(part, (column * old.width, 0))
    beside.save(where)
    return f"looks otherwise at {dots} dots: {where}"


if __name__ == "__main__":
    if sys.argv[1:2] == ["renew"]:
        renew(Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
    elif sys.argv[1:2] == ["page"]:
        keep(draw(sys.argv[2], LARGER)[int(sys.argv[3]) - 1], Path(sys.argv[4]))
    else:
        raise SystemExit(__doc__)
