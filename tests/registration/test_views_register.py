from urllib.parse import urlencode

import time_machine
from django.utils import timezone

from conference.models import Outbox, User
from registration.models import Registration
from tests.factories import PASSWORD, make_registration, make_user
from tests.registration.pages import ANSWERS, NEWCOMER, RegisterPage


class NewcomerTests(RegisterPage):
    def test_at_most_five_inputs_are_required(self):
        form = self.client.get(self.url).context["form"]

        required = [name for name, field in form.fields.items() if field.required]
        self.assertEqual(required, ["name", "email", "country", "role", "consent"])

    def test_sending_it_opens_the_account_registers_and_signs_in(self):
        answer = self.client.post(self.url, NEWCOMER)

        self.assertRedirects(answer, self.own_url)
        [place] = self.edition.registrations.all()
        self.assertEqual(
            (place.user.email, place.status, place.country), ("ada@example.org", "confirmed", "GB")
        )
        self.assertEqual(self.client.session["_auth_user_id"], str(place.user.pk))

    def test_consent_is_kept_with_its_moment(self):
        with time_machine.travel(timezone.now(), tick=False):
            self.client.post(self.url, NEWCOMER)
            self.assertEqual(self.edition.registrations.get().consent_at, timezone.now())

    def test_consent_is_not_ticked_beforehand_and_not_dispensable(self):
        self.assertNotContains(self.client.get(self.url), "checked")

        self.client.post(self.url, {**NEWCOMER, "consent": ""})

        self.assertEqual((User.objects.count(), Registration.objects.count()), (0, 0))

    def test_a_known_address_gets_a_neutral_page_and_the_owner_a_mail(self):
        owner = make_user("Ada", email="ada@example.org")

        answer = self.client.post(
            self.url, {**NEWCOMER, "email": "ADA@example.org", "dietary_needs": "canary"}
        )

        self.assertTemplateUsed(answer, "conference/accounts/check_inbox.html")
        self.assertNotContains(answer, "canary")
        self.assertNotIn("_auth_user_id", self.client.session)
        self.assertEqual(Registration.objects.count(), 0)
        self.assertEqual([mail.recipient for mail in Outbox.objects.all()], [owner.email])

    def test_a_bad_answer_keeps_everything_typed_and_stores_nothing(self):
        answer = self.client.post(
            self.url, {**NEWCOMER, "email": "no address", "organisation_name": "O'Brien & <b>"}
        )

        self.assertContains(answer, "O&#x27;Brien &amp; &lt;b&gt;")
        self.assertEqual((User.objects.count(), Outbox.objects.count()), (0, 0))

    def test_extra_fields_are_ignored(self):
        extra = {
            "status": "waiting",
            "user": "2",
            "is_staff": "1",
            "id": "1",
            "queue_number": "0",
            "position": "0",
            "workshop": "99",
            "edition": "9",
            "checked_in": "1",
            "arrived_at": "2020-01-01",
            "price": "0",
            "reference": "MINE",
            "ticket_code": "A" * 32,
        }

        self.client.post(self.url, {**NEWCOMER, **extra})

        place = self.edition.registrations.get()
        self.assertEqual((place.status, place.user.is_staff, place.queue_number), ("confirmed", False, 1))
        self.assertNotIn(place.reference, ("", "MINE"))
        self.assertNotEqual(place.ticket_code, "A" * 32)
        self.assertFalse(place.bookings.exists() or place.check_ins.exists())

    def test_strange_texts_are_stored_literally_and_shown_escaped(self):
        strange = "{{7*7}} ${x} <script>alert(1)</script> '; -- 🎭 \u202eabc"

        self.client.post(self.url, {**NEWCOMER, "dietary_needs": strange})

        self.assertEqual(self.edition.registrations.get().dietary_needs, strange)
        page = self.client.get(self.own_url)
        self.assertNotContains(page, "<script>alert")
        self.assertContains(page, "{{7*7}}")

    def test_half_a_character_is_stored_as_a_sign_of_it_and_breaks_nothing(self):
        sent = urlencode({**NEWCOMER, "dietary_needs": "CANARY"}).replace("CANARY", "half%ED%A0%80here")

        self.client.post(self.url, sent, content_type="application/x-www-form-urlencoded")

        self.assertEqual(self.edition.registrations.get().dietary_needs, "half\ufffd\ufffd\ufffdhere")
        self.assertContains(self.client.get(self.own_url), "here")

    def test_needs_that_are_too_long_get_a_message_and_only_spaces_are_nothing(self):
        answer = self.client.post(self.url, {**NEWCOMER, "dietary_needs": "x" * 5000})
        self.assertEqual(list(answer.context["form"].errors), ["dietary_needs"])

        self.client.post(self.url, {**NEWCOMER, "dietary_needs": "   "})
        self.assertEqual(self.edition.registrations.get().dietary_needs, "")

    def test_nul_gets_a_message(self):
        answer = self.client.post(self.url, {**NEWCOMER, "organisation_name": "a\x00b"})

        self.assertEqual(list(answer.context["form"].errors), ["organisation_name"])

    def test_purpose_and_deletion_date_stand_beside_the_needs(self):
        self.edition.starts_on = self.edition.ends_on = timezone.localdate().replace(
            year=2030, month=3, day=1
        )
        self.edition.save()

        self.assertContains(self.client.get(self.url), "We delete this on 31 March 2030.", count=2)

    def test_visitor_comes_back_to_where_they_came_from(self):
        answer = self.client.post(self.url, {**NEWCOMER, "next": "/presentations/x/"})

        self.assertRedirects(answer, "/presentations/x/", fetch_redirect_response=False)

    def test_nobody_is_led_off_the_site(self):
        for target in (
            "//evil.test",
            "https://evil.test/",
            "/\\evil.test",
            "javascript:alert(1)",
            "https:evil",
        ):
            with self.subTest(target):
                self.client.logout()
                Registration.objects.all().delete()
                User.objects.all().delete()
                answer = self.client.post(self.url, {**NEWCOMER, "next": target})
                self.assertRedirects(answer, self.own_url, fetch_redirect_response=False)

    def test_password_is_optional_and_works_when_given(self):
        self.client.post(self.url, {**NEWCOMER, "password": PASSWORD})

        self.assertTrue(User.objects.get(email="ada@example.org").check_password(PASSWORD))


class MemberTests(RegisterPage):
    def test_only_what_is_missing_is_asked(self):
        self.log_in()

        form = self.client.get(self.url).context["form"]

        self.assertEqual([n for n, f in form.fields.items() if f.required], ["role", "consent"])

    def test_country_of_the_account_is_taken(self):
        self.log_in()

        self.client.post(self.url, ANSWERS)

        self.assertEqual(self.edition.registrations.get().country, "BE")

    def test_sending_it_twice_gives_one_row_one_mail_and_the_truth(self):
        self.log_in()
        self.client.post(self.url, ANSWERS)

        again = self.client.post(self.url, ANSWERS, follow=True)

        self.assertContains(again, "You are already registered.")
        self.assertEqual((Registration.objects.count(), Outbox.objects.count()), (1, 1))

    def test_who_is_registered_is_told_so_and_led_on_to_where_they_wanted_to_be(self):
        make_registration(edition=self.edition, user=self.log_in())

        self.assertContains(self.client.get(self.url), "You are already registered")
        answer = self.client.get(self.url + "?next=/presentations/x/")
        self.assertRedirects(answer, "/presentations/x/", fetch_redirect_response=False)
