"""My page: everything I have, over all editions, and nothing that others have."""

from datetime import date

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from registration.certificates.issuing import revoke
from tests.factories import (
    make_booking,
    make_certificate,
    make_check_in,
    make_edition,
    make_presentation,
    make_preview,
    make_registration,
    make_session,
    make_user,
    make_workshop,
)

OVER = {"starts_on": date(2024, 3, 1), "ends_on": date(2024, 3, 2)}
ADDRESS = "/accounts/registrations/"


class MyPageTests(TestCase):
    def setUp(self):
        self.user = make_user("Ada")
        self.client.force_login(self.user)

    def visit(self, **fields):
        """An edition with a session where Ada was, its presentation, a workshop she booked, and a certificate."""
        edition = make_edition(**fields)
        registration = make_registration(user=self.user, edition=edition)
        session = make_session(edition, "Attended")
        make_check_in(registration, session)
        make_preview(make_presentation(session, "Slides of it"), "its first page")
        make_presentation(make_session(edition, "Elsewhere"), "Slides of elsewhere")
        make_booking(registration, make_workshop(edition, "Booked workshop"))
        return registration, session, make_certificate(registration, [session])

    def shown(self):
        visits = self.client.get(ADDRESS).context["visits"]
        return sorted(one.title for visit in visits for one in visit.presentations)

    def test_everything_of_mine_stands_there(self):
        _registration, _session, certificate = self.visit()
        page = self.client.get(ADDRESS)

        for words in ("Booked workshop", "Slides of it", f"Certificate {certificate} (PDF)"):
            self.assertContains(page, words)
        self.assertContains(page, f"/my/certificates/{certificate.guid}/")
        self.assertNotContains(page, "Slides of elsewhere")

    def test_revoked_certificate_is_said_with_its_reason_and_has_no_file(self):
        _registration, _session, certificate = self.visit()
        revoke(certificate=certificate, by=None, reason="Was not there")
        page = self.client.get(ADDRESS)

        self.assertContains(page, "Was not there")
        self.assertNotContains(page, f"/my/certificates/{certificate.guid}/")

    def test_presentations_follow_the_rule_of_access(self):
        registration, session, _certificate = self.visit()
        make_presentation(session, "For organisers", audience="organisers")
        make_presentation(session, "Draft", status="draft")
        make_presentation(session, "For attendees", audience="attendees")

        self.assertEqual(self.shown(), ["For attendees", "Slides of it"])
        type(registration).objects.update(status="cancelled")
        page = self.client.get(ADDRESS)
        self.assertContains(
            page, 'data-access="registration"'
        )  # still listed; the file asks for a registration

    def test_booked_workshop_counts_as_attended_only_once_it_is_over(self):
        for fields, expected in (({}, []), (OVER, ["Slides"])):
            registration = make_registration(user=self.user, edition=make_edition(**fields))
            workshop = make_workshop(registration.edition)
            make_presentation(workshop)
            make_booking(registration, workshop)
            with self.subTest(expected):
                self.assertEqual(self.shown(), expected)

    def test_nothing_of_others_is_shown(self):
        other = make_registration("Ben", make_edition())
        session = make_session(other.edition)
        make_presentation(session, "Seen by Ben")
        make_check_in(other, session)
        certificate = make_certificate(other, [session])
        page = self.client.get(ADDRESS)

        self.assertNotContains(page, "Seen by Ben")
        self.assertNotContains(page, str(certificate))

    def test_same_number_of_queries_for_one_and_for_three(self):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                self.client.get(ADDRESS)
            return len(captured)

        self.visit(**OVER)
        before = queries()
        for _edition in range(2):
            self.visit(**OVER)

        self.assertEqual(queries(), before)
