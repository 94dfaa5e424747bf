"""Invented views and downloads of the last two months, so that figures have something to say."""

import random
from collections import Counter
from datetime import timedelta

from conference import clock
from registration.models import Download, ViewCount
from sessions.models import Presentation

DAYS = 60
COUNTRIES = {"BE": 40, "NL": 18, "FR": 9, "DE": 8, "FI": 4, "PT": 2, "": 30}  # and how many of each, about
MOST_VIEWS = 45
TAKEN = 0.3  # of those who looked


def load() -> None:
    """The same chance every time; the newer the day, the more of them."""
    chance = random.Random(2026)  # noqa: S311
    now = clock.now()
    looks: Counter[tuple[int, int, str]] = Counter()
    downloads = []
    moments = []
    for one in Presentation.objects.public().order_by("pk"):
        version = one.current_file_id
        for _look in range(chance.randrange(6, MOST_VIEWS)):
            ago = int(chance.triangular(0, DAYS, 5))
            country = chance.choices(list(COUNTRIES), list(COUNTRIES.values()))[0]
            looks[one.pk, ago, country] += 1
            if chance.random() < TAKEN and version:
                downloads.append(Download(version_id=version, country=country))
                moments.append(now - timedelta(days=ago, minutes=chance.randrange(600)))
    ViewCount.objects.bulk_create(
        ViewCount(presentation_id=pk, day=(now - timedelta(days=ago)).date(), country=country, count=count)
        for (pk, ago, country), count in looks.items()
    )
    Download.objects.bulk_create(downloads)
    for download, moment in zip(downloads, moments, strict=True):
        download.created_at = moment  # which a new row has from the clock
    Download.objects.bulk_update(downloads, ["created_at"], batch_size=500)
