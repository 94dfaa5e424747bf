"""Every address of the admin for every role; an address without a row in admin_rows fails."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from conference.models import NewsItem, Outbox, Page, Site, Theme, Venue
from registration.letters.audience import Audience as LetterAudience
from registration.models import (
    CertificateRule,
    CheckIn,
    Claim,
    FeedbackPlan,
    GroupPlan,
    Letter,
    Outcome,
    PlaceChange,
)
from sessions.models import Audience, Competence, Level, Publication, SessionType, Subject, Topic, Track
from tests import undrawn
from tests.admin_forms import make_staff
from tests.factories import (
    make_booking,
    make_certificate,
    make_edition,
    make_invoice_request,
    make_organisation,
    make_organiser,
    make_presentation,
    make_question,
    make_registration,
    make_release,
    make_room,
    make_round,
    make_session,
    make_speaker,
    make_user,
    make_workshop,
)
from tests.registration.admin_rows import COMMON, MAY_EXPORT, OF_ONE, OF_PEOPLE, ROLES, SPECIAL, table


@override_settings(STAFF_SECOND_FACTOR=False, **undrawn.SETTINGS)
class RoleMatrixTests(TestCase):
    maxDiff = None

    @classmethod
    def setUpTestData(cls):
        edition = make_edition()
        session, workshop = make_session(edition), make_workshop(edition)
        registration = make_registration("Ada", edition)
        objects = {
            "auth_group": Group.objects.first(),
            "conference_edition": edition,
            "conference_organisation": make_organisation(),
            "conference_outbox": Outbox.objects.create(recipient="x@example.org", subject="x"),
            "conference_newsitem": NewsItem.objects.create(title="New", slug="new"),
            "conference_page": Page.objects.create(title="About", slug="about"),
            "conference_series": edition.series,
            "conference_site": Site.objects.update_or_create(pk=1)[0],
            "conference_theme": Theme.objects.create(title="T", slug="t", start_year=2017, end_year=2018),
            "conference_user": make_user("Someone"),
            "conference_venue": Venue.objects.get(pk=make_room(edition).venue_id),
            "conference_sessions_audience": Audience.objects.create(name="Choirs", slug="choirs"),
            "conference_sessions_level": Level.objects.create(name="Evening", slug="evening"),
            "conference_sessions_subject": Subject.objects.create(name="Latin", slug="latin"),
            "conference_sessions_competence": Competence.objects.create(name="Empathy", slug="empathy"),
            "conference_sessions_presentation": make_presentation(session),
            "conference_sessions_presentationfile": make_presentation(session, "Handout").versions.get(),
            "conference_sessions_publication": Publication.objects.create(title="Looking back", slug="back"),
            "conference_sessions_release": make_release(edition),
            "conference_sessions_session": session,
            "conference_sessions_sessiontype": SessionType.objects.create(name="Panel", slug="panel"),
            "conference_sessions_track": Track.objects.create(edition=edition, name="Line", slug="line"),
            "conference_sessions_topic": Topic.objects.create(name="Peace", slug="peace"),
            "conference_sessions_workshop": workshop,
            "registration_checkin": CheckIn.objects.create(registration=registration, at=timezone.now()),
            "registration_placechange": PlaceChange.objects.create(
                registration=registration,
                registration_type=registration.registration_type,
                reason=PlaceChange.Reason.TAKEN,
                after=registration.status,
                at=registration.created_at,
            ),
            "registration_certificate": make_certificate(registration),
            "registration_certificaterule": CertificateRule.objects.create(edition=edition),
            "registration_feedbackplan": FeedbackPlan.objects.create(
                edition=edition, closes_at=timezone.now()
            ),
            "registration_groupplan": GroupPlan.objects.create(session=session),
            "registration_invoicerequest": make_invoice_request(registration),
            "registration_outcome": Outcome.objects.create(session=session, problem="Files get lost"),
            "registration_question": make_question(edition),
            "registration_claim": Claim.objects.create(
                registration=registration, email="x@example.org", expires_at=timezone.now()
            ),
            "registration_registration": registration,
            "registration_registrationtype": registration.registration_type,
            "registration_round": make_round(edition, [workshop]),
            "registration_workshopbooking": make_booking(registration, workshop),
            "speakers_speaker": make_speaker(),
        }
        cls.session = session
        cls.letter = Letter.objects.create(
            edition=edition, subjects={"en": "Hello"}, texts={"en": "Dear {name},"},
            audience=LetterAudience(attendees=True, statuses=["confirmed"]).as_options(),
        )  # fmt: skip
        cls.part = objects["conference_sessions_publication"].parts.create(body="Words")
        cls.keys = {name: row.pk for name, row in objects.items()}
        cls.staff = {role: make_staff(role) for role in ROLES[:-1]} | {"superuser": make_organiser()}

    def address(self, name, key):
        if name == "registration_registration_pending":
            key = self.session.edition_id
        if name == "conference_outbox_text":
            key = "registration_confirmed"
        more = {"_item": self.session.guid, "_new_part": "text", "_publication_part": self.part.pk}
        more |= dict.fromkeys(("_letter", "_letter_edit", "_letter_send"), self.letter.guid)
        of_session = [word for end, word in more.items() if name.endswith(end)]
        address = reverse(f"admin:{name}", args=[key, *of_session] if name.endswith(OF_ONE) else [])
        return f"{address}?ids={key}" if name.endswith(("_refuse", "_revoke", "_describe")) else address

    def names(self):
        return [pattern.name for pattern in patterns(admin.site.get_urls())]

    def expected(self, name, role):
        """The status of a page: its letter in the table decides."""
        if name in SPECIAL:
            return SPECIAL[name][ROLES.index(role)]
        model, page = model_of(name), name.rpartition("_")[2]
        letters = table()[model][role]
        if model == "conference_site" and page == "changelist" and "V" in letters:
            return 302  # there is one row, so the list is its form
        needed = {"changelist": "V", "change": "V", "history": "V", "add": "A", "delete": "D", "restore": "C",
                  "sheet": "V"}[page]  # fmt: skip
        if page == "sheet" and model in OF_PEOPLE and role not in MAY_EXPORT:
            return 403
        return 200 if needed in letters else 403

    def pages(self):
        names = [name for name in self.names() if name not in COMMON]
        return [(name, self.address(name, self.keys[model_of(name)])) for name in names]

    def test_every_address_has_a_row(self):
        known = {
            f"{model}_{page}"
            for model in table()
            for page in ("changelist", "add", "history", "delete", "change", "restore", "sheet")
        }

        self.assertEqual(set(self.names()) - known - set(SPECIAL) - set(COMMON), set())

    def test_each_role_opens_what_the_table_says_and_nothing_else(self):
        pages = self.pages()
        self.assertGreater(len(pages), 100)
        for role in ROLES:
            self.client.force_login(self.staff[role])
            found = {name: self.look(address, name, role) for name, address in pages}
            wrong = {name: (page.status_code, self.expected(name, role)) for name, page in found.items()}
            self.assertEqual({name: pair for name, pair in wrong.items() if pair[0] != pair[1]}, {}, role)
            self.assertEqual(self.savable(found), {m for m, may in table().items() if "C" in may[role]}, role)

    def look(self, address, name, role):
        """Every page is drawn for organisers, and for all others the forms, whose buttons count."""
        is_drawn = role == "organiser" or name.endswith("_change")
        return self.client.get(address, headers={} if is_drawn else {undrawn.HEADER: "yes"})

    def savable(self, found):
        """Models whose form has a button to save it."""
        forms = {name: page for name, page in found.items() if name.endswith("_change")}
        return {model_of(name) for name, page in forms.items() if b'name="_save"' in page.content}

    def test_visitors_are_sent_to_the_log_in_of_the_site(self):
        for name, address in self.pages():
            response = self.client.get(address)
            self.assertEqual(response.status_code, 302, name)
            self.assertTrue(response["Location"].startswith("/admin/login/?next="), name)
        self.assertEqual(
            self.client.get("/admin/login/?next=/admin/")["Location"], "/accounts/login/?next=%2Fadmin%2F"
        )

    def test_an_ordinary_account_finds_no_way_in(self):
        self.client.force_login(make_user("Plain"))
        found = {self.client.get(address)["Location"].split("?")[0] for _name, address in self.pages()}

        self.assertEqual(found, {"/admin/login/"})
        self.assertEqual(self.client.get("/admin/login/?next=/admin/").status_code, 403)

    def test_pages_for_all_staff_open_for_all_staff(self):
        for role in ROLES:
            self.client.force_login(self.staff[role])
            for name in ("index", "jsi18n", "login", "logout", "password_change", "autocomplete"):
                status = self.client.get(reverse(f"admin:{name}")).status_code
                self.assertEqual(status, COMMON[name], (role, name))

    def test_the_admin_has_no_log_in_form_of_its_own(self):
        response = self.client.post(
            "/admin/login/", {"username": self.staff["organiser"].email, "password": "x"}
        )

        self.assertEqual((response.status_code, response["Location"][:16]), (302, "/accounts/login/"))


def model_of(name):
    """The longest that fits: conference_sessions_session is not one of conference."""
    return max((model for model in table() if name.startswith(f"{model}_")), key=len)


def patterns(urls):
    for pattern in urls:
        if hasattr(pattern, "url_patterns"):
            yield from patterns(pattern.url_patterns)
        else:
            yield pattern
