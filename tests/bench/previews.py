"""How long the preview of a presentation takes, page by page in its child process, and how much memory that process needs."""

import io
import resource
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

PAGES = 60
PHOTO = 1600, 900  # pixels
HEAD = f"{'preview':<24}{'pages':>7}{'seconds':>9}{'CPU s':>8}{'per page':>10}{'peak MB':>9}{'file MB':>9}{'pictures MB':>13}"


@dataclass(frozen=True)
class Row:
    deck: str
    pages: int
    seconds: float
    processor: float  # seconds of it, the same however busy the machine is
    peak: float  # of the child, in megabytes
    size: int
    pictures: int

    def __str__(self) -> str:
        per_page = self.processor / self.pages
        return (
            f"{self.deck:<24}{self.pages:>7}{self.seconds:>9.1f}{self.processor:>8.1f}{per_page:>10.2f}{self.peak:>9.0f}"
            f"{self.size / 1e6:>9.1f}{self.pictures / 1e6:>13.1f}"
        )


def slides() -> bytes:
    """Words in the house's own typeface."""
    from sessions.files.documents import make_pdf

    return make_pdf(
        "A deck of sixty", [f"What class {number} said of its year" for number in range(240)], pages=PAGES
    )


def photos() -> bytes:
    """A picture over the whole of each page, never the same one: the hardest to draw and to pack."""
    from PIL import Image

    pictures = [
        Image.effect_noise(PHOTO, 40 + number).convert("RGB").resize((800, 450)).resize(PHOTO)
        for number in range(PAGES)
    ]
    target = io.BytesIO()
    pictures[0].save(target, "PDF", save_all=True, append_images=pictures[1:])
    return target.getvalue()


DECKS = {"slides of words": slides, "slides of photographs": photos}


def measure_one(deck: str) -> Row:
    """In a process of its own, so that the greatest of its children is this deck's."""
    from sessions.previews.looking import look_inside, pictures_in

    content = DECKS[deck]()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        begun = time.perf_counter()
        inside = look_inside(file, "pdf", Path(folder))
        seconds = time.perf_counter() - begun
        pictures = sum(path.stat().st_size for _number, _size, path in pictures_in(Path(folder), inside))
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor, peak = child.ru_utime + child.ru_stime, child.ru_maxrss / 1024
    return Row(deck, inside.page_count, seconds, processor, peak, len(content), pictures)


def measure() -> list[Row]:
    """Needs Django set up, and no database."""
    rows = []
    for deck in DECKS:
        with ProcessPoolExecutor(1) as pool:
            rows.append(pool.submit(measure_one, deck).result())
    return rows


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")
    django.setup()
    print(HEAD, *measure(), sep="\n")
