"""The demonstration holds what it promises, and loading it twice changes nothing."""

import json
from io import StringIO

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import F
from django.test import TestCase, override_settings

from conference.models import Edition, Outbox, Theme
from registration.models import (
    Download,
    InvoiceRequest,
    Preference,
    Registration,
    RegistrationType,
    Round,
    WorkshopBooking,
)
from sessions.models import Kind, Presentation, PresentationFile, Session


def load_demo() -> dict:
    out = StringIO()
    call_command("load_demo", "--json", stdout=out)
    return json.loads(out.getvalue())


class LoadDemoTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.printed = load_demo()

    def test_mechelen_has_its_numbers_and_its_workshops_in_order(self):
        sessions = Session.objects.filter(edition__slug="mechelen-2024", part_of=None)

        numbers = list(sessions.filter(kind=Kind.SESSION).values_list("number", flat=True))
        workshops = list(sessions.filter(kind=Kind.WORKSHOP).values_list("number", flat=True))

        self.assertEqual((numbers, workshops), ([1, 2, 4, 5, 6], [1, 2, 3, 4]))

    def test_the_file_of_chris_wyns_is_for_members(self):
        files = Presentation.objects.filter(session__appearances__speaker__name="Chris Wyns")

        self.assertEqual([p.audience for p in files], ["members"])

    def test_there_is_a_file_in_every_audience_and_every_state(self):
        audiences = set(Presentation.objects.values_list("audience", flat=True))
        states = set(PresentationFile.objects.values_list("status", flat=True))

        self.assertEqual(audiences, set(Presentation.Audience.values))
        self.assertEqual(states, set(PresentationFile.Status.values))

    def test_every_public_presentation_was_looked_at_and_many_were_taken(self):
        public = Presentation.objects.public()

        self.assertEqual(public.filter(view_counts=None).count(), 0)
        self.assertGreater(public.filter(versions__downloads__isnull=False).distinct().count(), 10)
        self.assertGreater(len(set(Download.objects.values_list("created_at__date", flat=True))), 20)

    def test_there_are_versions_to_compare_and_a_damaged_file(self):
        twice = Presentation.objects.get(title__startswith="Us versus Them")
        contents = twice.versions.values_list("sha256", flat=True)
        damaged = PresentationFile.objects.exclude(damage="").values_list("presentation__title", "damage")

        self.assertEqual((len(set(contents)), twice.current_file.number), (2, 2))
        self.assertEqual(list(damaged), [("An earlier version of the mosaic", "changed")])

    def test_one_workshop_of_the_second_edition_is_full_with_a_waiting_list(self):
        waiting = WorkshopBooking.objects.waiting().filter(workshop__edition__slug="second-conference")

        self.assertEqual([b.workshop.number for b in waiting], [1, 1, 1])

    def test_the_themes_have_their_exact_years(self):
        years = [theme.years for theme in Theme.objects.order_by("start_year", "end_year")]

        self.assertEqual(years, ["2015", "2016", "2017–2018", "2018–2019", "2019–2020", "2021"])

    def test_every_themed_year_has_a_guest_lecture_and_a_week_of_five_days(self):
        for edition in Edition.objects.filter(theme__isnull=False):
            top = [s.slug for s in edition.sessions.filter(part_of=None)]
            days = edition.sessions.filter(part_of__slug="learning-week").count()
            self.assertEqual((top, days), (["guest-lecture", "learning-week"], 5))

    def test_some_eighty_registrations_come_from_twelve_countries(self):
        countries = Registration.objects.values("country").distinct().count()

        self.assertEqual((countries, 70 <= Registration.objects.count() <= 90), (12, True))

    def test_sixty_people_have_chosen_in_a_ranked_round_that_is_open(self):
        round_ = Round.objects.get(edition__slug="second-conference", way="ranked")
        people = Preference.objects.filter(choice__round=round_).values("registration").distinct()

        self.assertEqual((people.count(), round_.is_open(), round_.choices.count()), (60, True, 5))

    def test_there_is_a_registration_type_of_every_way(self):
        types = RegistrationType.objects.filter(edition__slug="second-conference")
        ways = list(types.values_list("for_whom", "needs_approval", "fee_amount").order_by("position"))
        pending = Registration.objects.filter(registration_type__in=types, status="pending")
        invoices = InvoiceRequest.objects.filter(registration__registration_type__in=types)

        self.assertEqual(
            ways,
            [
                ("everyone", False, None),
                ("everyone", False, None),
                ("members", False, None),
                ("everyone", True, None),
                ("invited", False, None),
                ("everyone", False, 120),
            ],
        )
        self.assertEqual(pending.count(), 4)
        self.assertEqual(sorted(one.status for one in invoices), ["paid", "requested", "sent"])

    def test_nobody_is_written_to(self):
        self.assertEqual(Outbox.objects.count(), 0)

    def test_loading_twice_changes_nothing(self):
        before = [m.objects.count() for m in (Session, Registration, Presentation, Edition)]

        again = load_demo()

        after = [m.objects.count() for m in (Session, Registration, Presentation, Edition)]
        self.assertEqual((after, again), (before, self.printed))

    def test_every_account_can_log_in_with_the_printed_password(self):
        for account in self.printed["accounts"]:
            answer = self.client.post(
                "/accounts/login/", {"login": account["email"], "password": account["password"]}
            )
            self.assertEqual(answer.status_code, 302, account["email"])
            self.client.post("/accounts/logout/")

    def test_every_printed_address_answers(self):
        self.client.force_login(Edition.objects.first().registrations.model.objects.first().user)
        for name, address in self.printed["addresses"].items():
            answer = self.client.get(address.removeprefix("http://localhost:8000"))
            self.assertIn(answer.status_code, (200, 302), name)

    def test_no_text_of_the_programme_lacks_its_dutch(self):
        self.assertEqual(Session.objects.exclude(title_en="").filter(title_nl__isnull=True).count(), 0)
        self.assertEqual(
            Edition.objects.filter(introduction_nl=F("introduction_en")).exclude(introduction="").count(), 0
        )

    @override_settings(IS_PUBLIC=True)
    def test_known_passwords_never_reach_a_public_site(self):
        with self.assertRaises(CommandError):
            call_command("load_demo")
