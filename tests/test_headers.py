"""What browsers are told on every answer: the same at every address and with every status, but for what stands in OWN."""

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError, connection
from django.test import Client, TestCase, override_settings
from django.urls import reverse

from conference.middleware import PERMISSIONS_POLICY, permissions_policy
from tests import test_access_table
from tests.factories import make_organiser

pytestmark = pytest.mark.once

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "object-src 'none'; frame-ancestors 'none'"
)
SANDBOX = "default-src 'none'; sandbox"
EVERYWHERE = {
    "Content-Security-Policy": POLICY,
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FILE = {"Content-Security-Policy": SANDBOX}
FOR_OTHERS = {"Cross-Origin-Resource-Policy": "cross-origin"}
CAMERA = {"Permissions-Policy": permissions_policy("camera")}
# What an address says instead, when it answers 200: for everybody who gets that answer.
OWN = {
    "registration:download": FILE,
    "registration:download_version": FILE,
    "registration:page_picture": FILE,
    "registration:version_picture": FILE,
    "registration:pack_file": FILE,
    "registration:my_pack_file": FILE,
    "sessions:publication_picture": FILE,
    **dict.fromkeys(
        (
            "sessions:schedule_json",
            "sessions:schedule_xml",
            "sessions:schedule_ics",
            "sessions:session_ics",
            "sessions:workshop_ics",
            "sessions:speaker_ics",
            "sessions:track_ics",
            "sessions:room_ics",
            "sessions:feed",
            "conference:news_feed",
            "conference:edition_news_feed",
            "sessions:library_feed",
            "sessions:presentation_feed",
        ),
        FOR_OTHERS,
    ),
    "registration:desk": CAMERA,
    "registration:desk_room": CAMERA,
}
# Their address lets whoever has it in, so no other page is told of it, also when it is spent.
SECRET = {
    "account_reset_password_from_key",
    "conference:unsubscribe",
    "speakers:invitation",
    "registration:calendar",
    "registration:claim",
    "registration:register_invited",
    "sessions:upload_by_link",
    "sessions:progress_by_link",
}
# Without the path; from a page without any referrer a form would be taken for a forged one.
WITHOUT_PATH = {"no-referrer", "same-origin", "strict-origin"}
NEVER = ("Server", "X-Powered-By")
PUBLIC = {
    "SECURE_HSTS_SECONDS": 63_072_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
    "STAFF_SECOND_FACTOR": False,
}


def expected(name, status):
    own = OWN.get(name, {}) if status in (200, 206) else {}
    return (
        EVERYWHERE
        | own
        | ({"Referrer-Policy": "without the path"} if name in SECRET and status != 404 else {})
    )


def differences(response, wanted):
    """What this answer says otherwise, header by header."""
    found = {name: response.get(name) for name in wanted}
    if found["Referrer-Policy"] in WITHOUT_PATH:  # other pages may say less as well
        found["Referrer-Policy"] = wanted["Referrer-Policy"]
    wrong = {name: value for name, value in found.items() if in_order(value) != in_order(wanted[name])}
    return wrong | {name: response[name] for name in NEVER if name in response}


def in_order(value):
    """The parts of a policy mean the same in any order."""
    return sorted(value.split("; ")) if value else value


@override_settings(**PUBLIC)
class HeaderTests(TestCase):
    """Over the same addresses as the access table, which an address without a row fails."""

    maxDiff = None

    setUpTestData = test_access_table.AccessTableTests.__dict__["setUpTestData"]  # one of everything
    rows, address = test_access_table.AccessTableTests.rows, test_access_table.AccessTableTests.address

    def client_of(self, person):
        client = Client(raise_request_exception=False)
        if person:
            client.force_login(person)
        return client

    def assert_said(self, answers):
        """Of every answer, by what was asked: all that is wrong at once."""
        found = {asked: differences(answer, wanted) for asked, answer, wanted in answers}
        self.assertEqual({asked: wrong for asked, wrong in found.items() if wrong}, {})

    def test_every_address_for_everybody(self):
        seen = set()
        for person in (None, self.account, self.organiser):
            client, answers = self.client_of(person), []
            for name in self.rows():
                answer = client.get(self.address(name), secure=True)
                seen.add(answer.status_code)
                asked = (person and person.name, name, answer.status_code)
                answers.append((asked, answer, expected(name, answer.status_code)))
            self.assert_said(answers)
        self.assertLessEqual({200, 302, 404, 405, 410}, seen)

    def test_every_address_of_the_admin(self):
        client = self.client_of(make_organiser())
        names = [f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry]
        paths = [reverse(f"admin:{name}_changelist") for name in names]
        edition = reverse("admin:conference_edition_change", args=[1]).replace("1/change/", "")
        paths += [reverse("admin:index"), reverse("admin:jsi18n"), f"{edition}0/change/", "/admin/nothing/"]
        asked = [(path, client.get(path, secure=True)) for path in paths]

        self.assertLessEqual({200, 302, 404}, {answer.status_code for _path, answer in asked})
        self.assert_said([((path, one.status_code), one, EVERYWHERE) for path, one in asked])

    def test_every_way_to_be_refused(self):
        """Statuses that no address has in the table."""
        client = self.client_of(self.account)
        download = self.address("registration:download")
        strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
        long_form = {"name": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}
        asked = {
            "no such page": (404, client.get("/nothing/here/", secure=True), {}),
            "without a slash": (301, client.get("/editions", secure=True), {}),
            "without TLS": (301, self.without_tls(), {"Strict-Transport-Security": None}),
            "another method": (405, client.generic("TRACE", "/", secure=True), {}),
            "a NUL": (400, client.get("/?q=%00", secure=True), {}),
            "another host": (400, client.get("/", secure=True, headers={"host": "evil.test"}), {}),
            "without a token": (403, strict.post("/accounts/login/", {}, secure=True), {}),
            "too large": (413, client.post("/accounts/name/", long_form, secure=True), {}),
            "part of a file": (206, client.get(download, secure=True, headers={"range": "bytes=0-3"}), FILE),
            "no such part": (416, client.get(download, secure=True, headers={"range": "bytes=99-"}), {}),
        }

        self.assertEqual(
            {what: answer.status_code for what, (_status, answer, _own) in asked.items()},
            {what: status for what, (status, _answer, _own) in asked.items()},
        )
        self.assert_said([(what, answer, EVERYWHERE | own) for what, (_s, answer, own) in asked.items()])

    @override_settings(SECURE_SSL_REDIRECT=True)
    def without_tls(self):
        return Client().get("/editions/")

    def test_whoever_asks_too_often(self):
        with override_settings(ACCOUNT_RATE_LIMITS={"verify": "1/m/ip"}):
            answers = [self.client_of(None).get("/verify/0000/", secure=True) for _time in range(2)]

        self.assertEqual(answers[-1].status_code, 429)
        self.assert_said([("too often", answers[-1], EVERYWHERE)])

    def test_trouble_of_our_own(self):
        for trouble, status in ((OperationalError("closed"), 503), (ValueError("a mistake"), 500)):

            def silent(execute, sql, params, many, context, trouble=trouble):
                raise trouble

            with connection.execute_wrapper(silent):
                answer = self.client_of(None).get("/editions/", secure=True)

            self.assertEqual(answer.status_code, status)
            self.assert_said([(status, answer, EVERYWHERE)])

    def test_static_files_and_pictures(self):
        picture = default_storage.save("portraits/one.png", ContentFile(b"\x89PNG"))
        self.addCleanup(default_storage.delete, picture)
        for path, status in ((f"/media/{picture}", 200), ("/media/none.png", 404), ("/static/none.css", 404)):
            answer = self.client_of(None).get(path, secure=True)

            self.assertEqual((path, answer.status_code), (path, status))
            self.assert_said([(path, answer, EVERYWHERE)])

    def test_what_is_the_same_as_before(self):
        """304, of a public file and of a page that is kept for everybody."""
        client = self.client_of(None)
        with override_settings(PAGES_KEPT_MB=1):
            first = client.get("/editions/", secure=True)
            again = client.get("/editions/", secure=True, headers={"if-none-match": first["ETag"]})

        self.assertEqual(again.status_code, 304)
        self.assert_said([("first", first, EVERYWHERE), ("again", again, EVERYWHERE)])
