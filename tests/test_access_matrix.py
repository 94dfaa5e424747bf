"""Every role against every audience, status and release moment, over every address that can lead to the file."""

from datetime import timedelta
from itertools import product
from types import SimpleNamespace

from django.contrib.auth.models import AnonymousUser
from django.test import Client, TestCase
from django.utils import timezone

from registration.middleware import viewer_of
from sessions.models import Presentation, PresentationFile
from tests.admin_forms import make_staff
from tests.factories import (
    make_appearance,
    make_edition,
    make_organiser,
    make_presentation,
    make_preview,
    make_registration,
    make_session,
    make_speaker,
    make_user,
)

# What the public file of an approved presentation of a published session is to each role, once its moment has come:
# the file itself, only its page (which says what opens it), or nothing at all.
TABLE = """
                     everyone  members  attendees  organisers
anonymous            file      page     page       nothing
deactivated          file      page     page       nothing
account              file      file     page       nothing
other_edition        file      file     page       nothing
waiting              file      file     page       nothing
cancelled            file      file     page       nothing
confirmed            file      file     file       nothing
other_speaker        file      file     page       nothing
helper               file      file     page       nothing
registration_desk    file      file     page       nothing
speaker              file      file     file       file
uploader             file      file     file       file
programme_editor     file      file     file       file
organiser            file      file     file       file
"""
# Those who made it and those who run the site have it in every state and before its moment; for others
# a moment to come turns a file into a page, and every state but the first turns all into nothing.
MANAGERS = {"speaker", "uploader", "programme_editor", "organiser"}
STATES = ["approved", "submitted only", "withdrawn", "session draft", "session withdrawn", "edition hidden"]
MOMENTS = ["now", "to come", "after the session"]
ROLES = [line.split()[0] for line in TABLE.strip().splitlines()[1:]]
THOROUGH = {"anonymous", "confirmed", "speaker", "organiser"}
HEADERS = ({"Range": "bytes=9-"}, {"If-None-Match": "*"})
AUDIENCES = TABLE.strip().splitlines()[0].split()


def to_open_file(role, audience):
    row = next(line.split() for line in TABLE.strip().splitlines() if line.startswith(role))
    return row[1 + AUDIENCES.index(audience)]


def expected(role, audience, state, moment):
    if role in MANAGERS:
        return (
            "page" if state == "submitted only" else "file"
        )  # without an approved version there is no public file
    if state != "approved":
        return "nothing"
    found = to_open_file(role, audience)
    return "page" if found == "file" and moment != "now" else found


def make_one(audience, state, moment, people, number):
    tomorrow = timezone.now() + timedelta(days=1)
    edition = make_edition(is_published=state != "edition hidden", open_pages=1)
    status = {"session draft": "draft", "session withdrawn": "withdrawn"}.get(state, "published")
    session = make_session(edition, status=status)
    make_appearance(session, people["speaker"].speaker)
    make_appearance(make_session(edition), people["other_speaker"].speaker)
    for role, place in (("confirmed", "confirmed"), ("waiting", "waiting"), ("cancelled", "cancelled")):
        make_registration(user=people[role], edition=edition, status=place)
    canary = b"%%PDF-1.7 CANARY-%d" % number
    presentation = make_presentation(
        session, f"Slides {number}", canary, "submitted" if state == "submitted only" else "approved",
        audience=audience, uploaded_by=people["uploader"],
        withdrawn_at=timezone.now() if state == "withdrawn" else None,
        opens_at=tomorrow if moment == "to come" else None, opens_after_session=moment == "after the session",
    )  # fmt: skip
    make_preview(presentation, "open words", canary.decode(), picture=canary)
    return presentation, canary


def make_people():
    people = {role: make_user(role) for role in ROLES if role not in ("anonymous", "organiser")}
    people["organiser"] = make_organiser()
    for role in ("helper", "registration desk", "programme editor"):
        people[role.replace(" ", "_")] = make_staff(role)
    for role in ("speaker", "other_speaker"):
        make_speaker(role, user=people[role])
    make_registration(user=people["other_edition"], edition=make_edition())
    people["deactivated"].is_active = False
    people["deactivated"].save()
    return people


def client_of(role, people):
    """As the server sees them: a deactivated person still has the cookie of an open session."""
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        client.force_login(people[role])
    return client


def viewer_as(role, people):
    """As the middleware finds them: the open session of a deactivated person is nobody's."""
    is_nobody = role in ("anonymous", "deactivated")
    return viewer_of(SimpleNamespace(user=AnonymousUser() if is_nobody else people[role]))


def keys_of(presentations):
    return set(presentations.values_list("pk", flat=True))


def body_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def addresses(presentation):
    """Every address from which bytes could come, with what stands behind it."""
    version = PresentationFile.objects.get(presentation=presentation)
    here, name = f"/presentations/{presentation.guid}/", version.file.name
    return {
        "page": [here, f"/nl{here}"],
        "download": [f"{here}download/", f"/nl{here}download/", f"{here}download/?format=pdf"],
        "version": [f"{here}versions/{version.guid}/"],
        "version page": [f"{here}versions/{version.guid}/pages/1/400.webp"],
        "pack": [f"/packs/session/{presentation.session.guid}/pack.zip"],
        "open page": [f"{here}pages/1/400.webp"],
        "closed page": [f"{here}pages/2/1600.webp", f"{here}pages/2/", f"/nl{here}pages/2/1600.webp"],
        "never": [
            f"/media/{name}", f"/media/private/{name}", f"/media/../private/{name}", f"/media/..%2fprivate%2f{name}",
            f"/media/%2e%2e/private/{name}", f"/media/..%252fprivate/{name}", f"/private/{name}", f"/protected/{name}",
            f"/{name}", f"/static/{name}", f"/static/../private/{name}",
        ],
    }  # fmt: skip


class AccessMatrixTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        """All combinations at once, shared by the roles."""
        cls.people = make_people()
        combinations = list(product(AUDIENCES, STATES, MOMENTS))
        cls.made = [
            (each, *make_one(*each, cls.people, number)) for number, each in enumerate(combinations, 1)
        ]

    def test_the_one_rule_gives_each_role_what_the_table_says_in_every_combination(self):
        """Every way to a file asks these two queries; what follows proves that the ways do ask."""
        made = self.made
        for role in ROLES:
            viewer = viewer_as(role, self.people)
            found = {
                "file": keys_of(Presentation.objects.downloadable_by(viewer)),
                "page": keys_of(Presentation.objects.listed_to(viewer)),
            }
            outcomes = {one.pk: expected(role, *combination) for combination, one, _canary in made}
            wanted = {
                "file": {pk for pk, outcome in outcomes.items() if outcome == "file"},
                "page": {pk for pk, outcome in outcomes.items() if outcome != "nothing"},
            }
            self.assertEqual(found, wanted, role)

    def test_each_role_gets_over_http_what_the_table_says_and_nothing_more(self):
        wrong = []
        for role in ROLES:
            client = client_of(role, self.people)
            for combination, presentation, canary in self.asked_over_http(role):
                for url, wanted in answers(role, combination, presentation).items():
                    response = client.get(url)
                    got = (response.status_code, canary in body_of(response))
                    if got != wanted:
                        wrong.append((role, combination, url, got, wanted))

        self.assertEqual(wrong, [])

    def asked_over_http(self, role):
        """One presentation of each outcome, now and before its moment; to some roles also one of every state."""
        firsts = {}
        for made in self.made:
            (_audience, state, moment), _presentation, _canary = made
            outcome = expected(role, *made[0])
            firsts.setdefault((outcome, moment == "now", role in THOROUGH and state), made)
        return firsts.values()

    def test_no_header_and_no_language_opens_a_closed_file(self):
        """One presentation of each outcome, over every spelling of its addresses."""
        wrong = []
        for role in ROLES:
            client, firsts = client_of(role, self.people), {}
            for combination, presentation, _canary in self.made:
                firsts.setdefault(expected(role, *combination), presentation)
            for outcome, presentation in firsts.items():
                for url, headers in product(closed_addresses(role, outcome, presentation), HEADERS):
                    response = client.get(url, headers=headers)
                    if b"CANARY" in body_of(response) or response.status_code not in (200, 302, 404):
                        wrong.append((role, url, headers, response.status_code))

        self.assertEqual(wrong, [])

    def test_places_where_no_file_is_served_are_not_found(self):
        people, made = self.people, self.made
        for role, url in product(("anonymous", "organiser"), addresses(made[0][1])["never"]):
            with self.subTest(role=role, url=url):
                self.assertEqual(client_of(role, people).get(url).status_code, 404)

    def test_every_audience_has_a_column_and_every_combination_a_canary(self):
        self.assertEqual(AUDIENCES, list(Presentation.Audience.values))
        canaries = {canary for _combination, _presentation, canary in self.made}
        self.assertEqual(len(canaries), len(AUDIENCES) * len(STATES) * len(MOMENTS))


def answers(role, combination, presentation):
    """Address → status, and whether the bytes of the file are in the answer."""
    outcome, found = expected(role, *combination), addresses(presentation)
    readable = outcome == "file" or role in MANAGERS
    wanted = {found["download"][0]: ({"file": 200, "page": 302, "nothing": 404}[outcome], outcome == "file")}
    has_public_file = combination[1] != "submitted only"  # a pack without any is not found
    packed = {"file": 200, "page": 302 if has_public_file else 404, "nothing": 404}[outcome]
    wanted[found["pack"][0]] = (packed, outcome == "file")
    is_seen = outcome == "file" or (outcome == "page" and combination[1:] == ("approved", "now"))
    wanted[found["open page"][0]] = (200 if is_seen else 404, is_seen)
    wanted[found["closed page"][0]] = (200 if outcome == "file" else 404, outcome == "file")
    has_viewer = outcome != "nothing" and combination[1] != "submitted only"
    wanted[found["closed page"][1]] = (200 if has_viewer else 404, outcome == "file")
    if combination[2] == "now":  # the page and the versions do not ask for the moment
        wanted[found["page"][0]] = (404 if outcome == "nothing" else 200, False)
        for way in ("version", "version page"):
            wanted[found[way][0]] = (200 if readable else 404, readable)
    return wanted


def closed_addresses(role, outcome, presentation):
    found = addresses(presentation)
    closed = [found["page"][1]]
    if outcome != "file":
        closed += found["download"] + found["closed page"] + found["pack"]
    if outcome != "file" and role not in MANAGERS:
        closed += found["version"] + found["version page"]
    return closed
