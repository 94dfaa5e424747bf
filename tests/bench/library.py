"""How long it takes to index a large library, how large it is, and how long a search with facets takes.

`python -m tests.bench.library` for both databases; `--here` measures in the site of the environment.
"""

import os
import random
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from itertools import accumulate
from multiprocessing import get_context
from statistics import quantiles

PRESENTATIONS, PAGES, WORDS_OF_A_PAGE = 5_000, 20, 60
QUESTIONS, USERS = 160, (1, 8)
VOCABULARY = 20_000
HEAD = f"{'library':<34}{'seconds':>9}{'MB':>8}{'p50 ms':>9}{'p99 ms':>9}"


def vocabulary(chance: random.Random) -> list[str]:
    """Made of syllables, so that they are stemmed and mistaken like words."""
    ends = ["", "s", "ing", "ation", "en", "heid", "ment", "lich", "isch", "ed"]
    parts = [
        first + second for first in "bdfghklmnprstvw" for second in ("a", "e", "i", "o", "u", "aa", "ei")
    ]
    return ["".join(chance.choices(parts, k=3)) + chance.choice(ends) for _ in range(VOCABULARY)]


def fill(count: int) -> list[str]:
    """Presentations with pages, the same every time; the words that stand in them, the most frequent first."""
    from sessions.models import Credit, Level, Presentation, PresentationFile, Preview, PreviewPage, Topic
    from tests.factories import make_edition, make_session, make_speaker

    chance = random.Random(2027)
    words = vocabulary(chance)
    weights = list(accumulate(1 / (rank + 10) for rank in range(VOCABULARY)))
    editions = [make_edition(f"Edition {n}", starts_on=f"{2000 + n}-03-01", ends_on=f"{2000 + n}-03-02") for n in range(20)]  # fmt: skip
    sessions = [make_session(edition, f"Session {n}") for edition in editions for n in range(10)]
    topics = [Topic.objects.create(name=word, slug=f"topic-{n}") for n, word in enumerate(words[500:540])]
    levels = list(Level.objects.all())
    speakers = [make_speaker(f"{words[n].title()} {words[-n].title()}") for n in range(1, 500)]
    for begin in range(0, count, 250):
        rows = []
        for _n in range(begin, min(begin + 250, count)):
            session = chance.choice(sessions)
            title = " ".join(chance.choices(words, cum_weights=weights, k=6))
            rows.append(
                Presentation(
                    session=session, edition=session.edition, title=title, language=chance.choice(["en", "nl", "fr", "de"]),
                    description=" ".join(chance.choices(words, cum_weights=weights, k=40)), country=chance.choice(["BE", "NL", "FR"]),
                    audience=chance.choice(["everyone", "members"]),
                )
            )  # fmt: skip
        Presentation.objects.bulk_create(rows)
        previews = Preview.objects.bulk_create(Preview(sha256=f"{row.pk:064}", format="pdf", state="done", page_count=PAGES) for row in rows)  # fmt: skip
        files = PresentationFile.objects.bulk_create(
            PresentationFile(presentation=row, file=f"x/{row.pk}.pdf", format="pdf", status="approved", preview=preview)
            for row, preview in zip(rows, previews, strict=True)
        )  # fmt: skip
        for row, file in zip(rows, files, strict=True):
            row.current_file = file
        Presentation.objects.bulk_update(rows, ["current_file"])
        Credit.objects.bulk_create(Credit(presentation=row, speaker=(one := chance.choice(speakers)), name=one.name) for row in rows)  # fmt: skip
        Presentation.topics.through.objects.bulk_create(Presentation.topics.through(presentation=row, topic=chance.choice(topics)) for row in rows)  # fmt: skip
        if levels:
            Presentation.levels.through.objects.bulk_create(Presentation.levels.through(presentation=row, level=chance.choice(levels)) for row in rows)  # fmt: skip
        PreviewPage.objects.bulk_create(
            (
                PreviewPage(preview=preview, number=number, text=" ".join(chance.choices(words, cum_weights=weights, k=WORDS_OF_A_PAGE)))
                for preview in previews
                for number in range(1, PAGES + 1)
            ),
            batch_size=1000,
        )  # fmt: skip
    return words


def size() -> int:
    """Bytes of the database."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            return cursor.fetchone()[0]
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return cursor.fetchone()[0]


def ask(seed: int, words: list[str], count: int) -> list[float]:
    """Seconds of each search: one to three words, some with a mistake, some with a facet, one in ten without words."""
    from conference.viewer import ANONYMOUS
    from sessions.library.asking import Asked
    from sessions.library.search import search

    chance, took = random.Random(seed), []
    search(Asked("begin"), ANONYMOUS)  # the first of a process reads what it remembers
    for number in range(count):
        chosen = chance.choices(words[:3000], k=chance.choice([1, 1, 2, 3]))
        if number % 8 == 0:
            chosen[0] = chosen[0][:2] + chosen[0][3:]
        facets = {"language": ("nl",)} if number % 4 == 0 else {}
        asked = Asked("" if number % 10 == 9 else " ".join(chosen), facets)
        begun = time.perf_counter()
        search(asked, ANONYMOUS)
        took.append(time.perf_counter() - begun)
    return took


def measure(count: int = PRESENTATIONS) -> None:
    """Needs Django set up and a migrated database that may be written to; the rows stay in it."""
    import django

    from sessions.library.index import rebuild

    words = fill(count)
    before, begun = size(), time.perf_counter()
    rebuild()
    seconds, grown = time.perf_counter() - begun, (size() - before) / 1e6
    print(f"{f'index {count} × {PAGES} pages':<34}{seconds:>9.1f}{grown:>8.0f}", flush=True)
    for users in USERS:
        # Begun anew: a copy of this process would share its connections.
        with ProcessPoolExecutor(users, get_context("spawn"), django.setup) as pool:
            begun = time.perf_counter()
            waiting = [pool.submit(ask, seed, words, QUESTIONS // users) for seed in range(users)]
            took = sorted(second for one in waiting for second in one.result())
            seconds = time.perf_counter() - begun
        points = quantiles(took, n=100)
        name = f"search, {users} at a time"
        print(
            f"{name:<34}{seconds:>9.1f}{'':>8}{points[49] * 1000:>9.0f}{points[98] * 1000:>9.0f}", flush=True
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'peak memory while indexing':<34}{'':>9}{peak:>8.0f}", flush=True)


def library() -> None:
    """Print what was measured on both databases."""
    from tests.bench.site import run, scratch_site
    from tests.postgres import postgres_server

    for name, server in (("SQLite", lambda: nullcontext("")), ("PostgreSQL", postgres_server)):
        print(f"\n{name}\n{HEAD}", flush=True)
        with server() as url, scratch_site(url) as env:
            print(run(env, "-m", "tests.bench.library", "--here", *sys.argv[1:]), flush=True)


if __name__ == "__main__":
    if "--here" in sys.argv:
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")
        django.setup()
        numbers = [int(word) for word in sys.argv if word.isdigit()]
        measure(*numbers)
    else:
        library()
