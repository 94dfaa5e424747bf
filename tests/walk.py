"""Every page that somebody can reach: by links in the demonstration as each kind of person, else by its named address."""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import StringIO
from urllib.parse import urljoin, urlsplit

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import call_command
from django.http import HttpRequest
from django.test import Client
from django.urls import Resolver404, get_resolver, resolve, reverse

from conference.management.demo.people import ACCOUNTS
from conference.models import User
from tests.factories import PASSWORD, counter, make_user
from tests.registration.test_admin_roles import RoleMatrixTests
from tests.test_access_table import AccessTableTests, names

HREF = re.compile(r'<a\b[^>]*?\bhref="([^"#]*)', re.IGNORECASE)
LOGIN = "/accounts/login/"
NEWCOMER = {"name": "Nora", "country": "BE", "consent": "on"}
VISITOR, ORGANISER = "visitor", "organiser"
PEOPLE = [VISITOR, "attendee", "speaker", "desk helper"]
# Links of the admin that lead to the same page: sorted, filtered, opened as a window.
SAME_PAGE = re.compile(r"[?&](_|o=|q=|p=|all=|e=|[a-z_]+__)")
ELSEWHERE = ("/static/", "/media/", "/nl/", "/fr/", "/de/", "//", "/accounts/logout")
NAMES = {name for name in names(get_resolver().url_patterns) if not name.endswith(":None")}
# One template for all: some stand for the others.
ALIKE = ("_add", "_delete", "_history", "_restore", "_sheet")
OF_ALIKE = 3


@dataclass(frozen=True)
class Stop:
    """One page of a view, as the person who sees it."""

    view: str
    role: str
    path: str


class Walk:
    """Through the demonstration."""

    def __init__(self) -> None:
        call_command("load_demo", stdout=StringIO())
        self.users = {one.part: User.objects.get(email=one.email) for one in ACCOUNTS}

    def client(self, role: str) -> Client:
        return Client() if role == VISITOR else sign_in(Client(), self.users[role])

    def linked(self, role: str) -> list[Stop]:
        """One page of each view that links lead this person to."""
        client, found = self.client(role), {}
        queue, seen = deque(["/"]), {"/"}
        while queue:
            path = queue.popleft()
            view = view_of(path)
            if not view or view in found or not (html := page_at(client, path)):
                continue
            found[view] = Stop(view, role, path)
            links = [urljoin(path, href.replace("&amp;", "&")) for href in HREF.findall(html)]
            new = [link for link in dict.fromkeys(links) if is_ours(link) and link not in seen]
            queue.extend(new)
            seen.update(new)
        return list(found.values())

    def of_people(self) -> list[Stop]:
        """All that visitors and attendees see, and what only speakers and helpers do."""
        found: list[Stop] = []
        for role in PEOPLE:
            known = {stop.view for stop in found}
            found += [stop for stop in self.linked(role) if role in PEOPLE[:2] or stop.view not in known]
        return found


class OneOfEverything:
    """One thing of each kind, so that every named address leads to something, and people in the middle of something."""

    def __init__(self) -> None:
        AccessTableTests.__dict__["setUpTestData"].__func__(self)
        half, twofold = make_user(email="half@example.org"), make_user(email="twofold@example.org")
        for person in (half, twofold):
            TOTP.activate(person, "JBSWY3DPEHPK3PXP")
            RecoveryCodes.activate(person)
        self.roles: dict[str, Callable[[Client], object]] = {
            VISITOR: lambda client: None,
            "account": lambda client: sign_in(client, self.account),  # type: ignore[attr-defined]
            ORGANISER: lambda client: sign_in(client, self.organiser),  # type: ignore[attr-defined]
            "two factors": lambda client: sign_in(client, twofold),
            "newcomer": self.sign_up,
            "waits for a code": lambda client: client.post(
                "/accounts/login/code/", {"email": "half@example.org"}
            ),
            "half way in": lambda client: client.post(
                LOGIN, {"login": "half@example.org", "password": PASSWORD}
            ),
        }

    def sign_up(self, client: Client) -> None:
        """Somebody else each time, whose address waits for its code."""
        client.post("/accounts/signup/", NEWCOMER | {"email": f"nora{next(counter)}@example.org"})

    def client(self, role: str) -> Client:
        client = Client()
        self.roles[role](client)
        return client

    def stops(self, wanted: Iterable[str]) -> list[Stop]:
        """As whoever gets a page there first."""
        found = []
        for name in sorted(wanted):
            path = AccessTableTests.address(self, name)  # type: ignore[arg-type]
            role = next((role for role in self.roles if page_at(self.client(role), path)), "")
            if role:
                found.append(Stop(name, role, path))
        return found


class OneOfEveryRow:
    """The administration with one row of each kind: its pages, to which the demonstration may have no link."""

    def __init__(self) -> None:
        self.rows = type("Rows", (RoleMatrixTests,), {})
        self.rows.setUpTestData()  # type: ignore[attr-defined]

    def client(self, role: str) -> Client:
        return sign_in(Client(), self.rows.staff["superuser"])  # type: ignore[attr-defined]

    def stops(self) -> list[Stop]:
        """Every address has its row there (tests/registration/test_admin_roles.py); those of pages are walked."""
        client, pages = self.client(ORGANISER), self.rows().pages()
        pages += [(name, reverse(f"admin:{name}")) for name in ("index", "trail")]
        stops = [Stop(f"admin:{name}", ORGANISER, path) for name, path in sorted(pages)]
        return [stop for stop in few_alike(stops) if page_at(client, stop.path)]


def sign_in(client: Client, user: User) -> Client:
    """Just now and by password, so that nobody is asked for it again."""
    client.force_login(user)
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, user, "password", reauthenticated=True)
    request.session.save()
    return client


def is_alike(view: str) -> bool:
    """Forms to add something are those to change it; deleting, former states and sheets look the same for everything."""
    return view.endswith(ALIKE)


def few_alike(stops: list[Stop]) -> list[Stop]:
    """All that differ, and some of those that look the same."""
    kept, seen = [], Counter[str]()
    for stop in stops:
        ending = stop.view.rpartition("_")[2] if is_alike(stop.view) else ""
        seen[ending] += 1
        if not ending or seen[ending] <= OF_ALIKE:
            kept.append(stop)
    return kept


def page_at(client: Client, path: str) -> str:
    """Its HTML; nothing if there is no page, or none of its own."""
    answer = client.get(path)
    is_page = answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html")
    return answer.content.decode() if is_page and not answer.streaming else ""


def is_ours(link: str) -> bool:
    return link.startswith("/") and not link.startswith(ELSEWHERE) and not SAME_PAGE.search(link)


def view_of(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""
