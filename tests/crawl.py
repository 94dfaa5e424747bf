"""Follow the site's own links from the front page, as a visitor or a search engine does."""

import re
from collections import Counter, deque
from dataclasses import dataclass

from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import translation

from conference.languages import CODES

HREF = re.compile(r'<a\b[^>]*?\bhref="([^"#?]*)', re.IGNORECASE)
NOT_A_PAGE = ("/static/", "/media/", "/admin/", *(f"/{code}/admin/" for code in CODES))


@dataclass(frozen=True)
class Page:
    path: str
    status: int
    html: str
    sets_cookie: bool

    @property
    def is_html(self) -> bool:
        return bool(self.html)


def crawl(client: Client, of_each: int | None = None, start: str = "/", under: str = "/") -> list[Page]:
    """What links lead to, from `start` on; with `of_each` only so many pages of every view and language."""
    pages: list[Page] = []
    queue, seen, kinds = deque([start]), {start}, Counter[str]()
    while queue:
        path = queue.popleft()
        kinds[kind := kind_of(path)] += 1
        if of_each and kinds[kind] > of_each:
            continue
        answer = client.get(path)
        is_html = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
        html = answer.content.decode() if is_html else ""
        pages.append(Page(path, answer.status_code, html, bool(answer.cookies)))
        if is_html:
            new = [link for link in links_in(html) if link not in seen and link.startswith(under)]
            queue.extend(dict.fromkeys(new))
            seen.update(new)
    return pages


def kind_of(path: str) -> str:
    """Language and name of the view; two hundred session pages are of one kind."""
    language = language_of(path)
    with translation.override(language):
        try:
            return f"{language} {resolve(path).view_name}"
        except Resolver404:
            return "nothing"


def language_of(path: str) -> str:
    first = path.split("/")[1]
    return first if first in CODES else CODES[0]


def links_in(html: str) -> list[str]:
    """Addresses of pages on this site."""
    hrefs = HREF.findall(html)
    return [h for h in hrefs if h.startswith("/") and not h.startswith(("//", *NOT_A_PAGE))]
