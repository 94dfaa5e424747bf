"""Follow the site's own links from the front page, as a visitor or a search engine does."""

import re
from collections import Counter, deque

from django.test import Client
from django.urls import resolve

HREF = re.compile(r'<a\b[^>]*?\bhref="([^"#?]*)', re.IGNORECASE)
NOT_A_PAGE = ("/static/", "/media/", "/admin/", "/nl/admin/")


def crawl(client: Client, start: str = "/", limit: int = 600) -> dict[str, int]:
    """The status of every address of the site that links lead to, from `start` on."""
    statuses: dict[str, int] = {}
    queue = deque([start])
    while queue and len(statuses) < limit:
        path = queue.popleft()
        if path in statuses or path.startswith(NOT_A_PAGE):
            continue
        answer = client.get(path)
        statuses[path] = answer.status_code
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            queue.extend(links_in(answer.content.decode(), path))
    return statuses


def links_in(html: str, path: str) -> list[str]:
    hrefs = (href or path for href in HREF.findall(html))
    return [href for href in hrefs if href.startswith("/") and not href.startswith("//")]


def one_of_each_kind(paths: dict[str, int], of_each: int = 2) -> list[str]:
    """A few pages of every view, because two hundred session pages are built alike."""
    seen: Counter[str] = Counter()
    chosen = []
    for path, status in paths.items():
        name = resolve(path).view_name
        if status == 200 and not name.endswith("download") and seen[name] < of_each:
            seen[name] += 1
            chosen.append(path)
    return chosen
