"""An account that nobody uses for years gets a letter; who logs in then keeps it, all others are closed a month later."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.core.management import call_command
from django.test import TestCase, override_settings
from django.utils import timezone

from conference.accounts.unused import MOST_IN_A_NIGHT, TOLD_BEFORE, close_unused
from conference.mail.sending import send_due
from conference.models import ClosedAccount, Outbox, User
from conference.privacy.ended import MAIL_IS_KEPT
from tests.factories import (
    PASSWORD,
    make_appearance,
    make_edition,
    make_organiser,
    make_registration,
    make_session,
    make_speaker,
    make_user,
)

LOGIN = "/accounts/login/"
A_YEAR = timedelta(days=366)


@override_settings(UNUSED_ACCOUNT_YEARS=3, EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
class UnusedAccountTests(TestCase):
    def setUp(self):
        self.now = timezone.now()
        self.ada, self.ben = self.unused("Ada"), make_user("Ben")
        User.objects.filter(pk=self.ben.pk).update(
            created_at=self.now - 9 * A_YEAR, last_login=self.now - A_YEAR
        )

    def unused(self, name, **fields):
        user = make_user(name, **fields)
        User.objects.filter(pk=user.pk).update(created_at=self.now - 4 * A_YEAR)
        return user

    def there(self):
        return set(User.objects.exclude(name="–").values_list("name", flat=True))

    def told(self):
        return list(Outbox.objects.filter(kind="account_unused").values_list("recipient", flat=True))

    def a_month_later(self):
        return close_unused(self.now + TOLD_BEFORE + timedelta(days=1))

    def test_a_letter_comes_first_and_once(self):
        self.assertEqual((close_unused(), close_unused()), (0, 0))

        self.assertEqual(self.told(), [self.ada.email])
        self.assertIn("http://localhost:8000/accounts/login/", Outbox.objects.get().text)
        self.assertIn("closed in a month", Outbox.objects.get().text)
        self.assertEqual(self.there(), {"Ada", "Ben"})

    def test_a_month_after_the_letter_the_account_is_closed_and_its_places_are_freed(self):
        place = make_registration(user=self.ada, edition=make_edition())
        close_unused()
        send_due()

        self.assertEqual(close_unused(self.now + TOLD_BEFORE - timedelta(days=1)), 0)
        self.assertEqual(self.a_month_later(), 1)

        self.assertEqual(self.there(), {"Ben"})
        place.refresh_from_db()
        self.assertEqual(place.status, "cancelled")
        self.assertEqual(ClosedAccount.objects.get().number, self.ada.pk)
        self.assertEqual(self.told(), [])
        self.assertEqual(self.a_month_later(), 0)

    def test_a_letter_that_still_waits_has_told_nobody(self):
        close_unused()

        self.assertEqual(self.a_month_later(), 0)
        self.assertEqual(self.there(), {"Ada", "Ben"})

    def test_an_address_that_takes_no_mail_is_closed_too(self):
        close_unused()
        Outbox.objects.update(status="failed")

        self.assertEqual(self.a_month_later(), 1)

    def test_who_logs_in_after_the_letter_keeps_it_and_gets_another_one_years_later(self):
        close_unused()
        send_due()
        self.client.post(LOGIN, {"login": self.ada.email, "password": PASSWORD})
        self.client.post("/accounts/logout/")
        UserSession.objects.all().delete()  # as the worker does with ended ones each night

        self.assertEqual(self.a_month_later(), 0)
        self.assertEqual(self.told(), [self.ada.email])
        Outbox.objects.update(created_at=self.now - timedelta(minutes=5))
        User.objects.update(created_at=self.now - 9 * A_YEAR)
        self.assertEqual(close_unused(self.now + 4 * A_YEAR), 0)
        self.assertEqual(self.told().count(self.ada.email), 2)

    def test_organisers_and_places_kept_for_colleagues_stay(self):
        make_organiser("Olga")
        User.objects.create_stand_in("Colleague")
        User.objects.update(created_at=self.now - 9 * A_YEAR, last_login=None)

        close_unused()

        self.assertEqual(sorted(self.told()), sorted([self.ada.email, self.ben.email]))

    def test_the_name_of_a_speaker_stays_with_what_is_published(self):
        speaker = make_speaker("Ada", user=self.ada, biography="Words")
        make_appearance(make_session(), speaker)
        close_unused()
        send_due()

        self.a_month_later()

        speaker.refresh_from_db()
        self.assertEqual((speaker.name, speaker.biography, speaker.user), ("Ada", "", None))

    @override_settings(UNUSED_ACCOUNT_YEARS=0)
    def test_a_site_that_names_no_years_writes_to_nobody(self):
        self.assertEqual(close_unused(), 0)

        self.assertEqual(self.told(), [])
        self.assertNotContains(self.client.get("/privacy/"), "so many years")

    def test_the_privacy_page_says_after_how_many(self):
        said = "or have not logged in for so many years: 3. A letter comes a month before."
        self.assertContains(self.client.get("/privacy/"), said)

    def test_a_dry_run_writes_to_nobody_and_closes_nothing(self):
        close_unused()
        send_due()
        self.unused("Cy")
        Outbox.objects.update(created_at=self.now - TOLD_BEFORE - timedelta(days=1))

        call_command("retention", dry_run=True, verbosity=0)

        self.assertEqual(self.there(), {"Ada", "Ben", "Cy"})
        self.assertEqual(len(self.told()), 1)

    def test_letters_go_in_portions_and_are_remembered_for_longer_than_the_month(self):
        self.assertLess(TOLD_BEFORE + timedelta(days=7), MAIL_IS_KEPT)
        self.assertGreater(MOST_IN_A_NIGHT, 100)
