"""The pages by which a registration passes on: nothing happens by following a link, and nobody learns about others."""

from django.test import override_settings

from conference import settings as product
from conference.models import Edition, Outbox, User
from registration.models import Claim, Question, Registration
from tests.factories import (
    make_membership,
    make_organisation,
    make_registration,
    make_registration_type,
    make_user,
)
from tests.registration.claiming import MAILED, NEWCOMER, TAKING, ClaimCase


class ClaimPageTests(ClaimCase):
    def setUp(self):
        self.made = self.colleagues()[0]
        self.address = self.url()
        self.own = f"/{self.edition.slug}/my-registration/"

    def owner(self):
        return Registration.objects.get(pk=self.made.pk).user

    def test_following_the_link_changes_nothing_and_leaks_it_nowhere(self):
        for _round in range(2):
            response = self.client.get(self.address)
            self.client.head(self.address)

        self.assertEqual(response["Referrer-Policy"], "strict-origin")
        self.assertIn("no-store", response["Cache-Control"])
        self.assertIn("noindex", response["X-Robots-Tag"])
        self.assertContains(response, "ada@school.example")
        self.assertTrue(self.owner().is_stand_in)

    def test_button_opens_an_account_with_the_proven_address_and_signs_in(self):
        response = self.client.post(self.address, NEWCOMER)

        self.assertRedirects(response, self.own)
        user = self.owner()
        self.assertEqual(
            (user.email, user.name, user.is_active), ("ben@school.example", "Ben Colleague", True)
        )
        self.assertTrue(user.emailaddress_set.get().verified)
        self.assertEqual(self.client.session["_auth_user_id"], str(user.pk))
        self.assertIsNotNone(user.consent_at)

    def test_without_consent_nothing_is_taken(self):
        self.client.post(self.address, {**NEWCOMER, "consent": ""})

        self.assertTrue(self.owner().is_stand_in)
        self.assertFalse(User.objects.filter(email="ben@school.example").exists())

    def test_questions_of_the_organisers_are_asked_and_kept(self):
        question = Question.objects.create(edition=self.edition, label="Which lunch?", is_required=True)
        self.assertContains(self.client.post(self.address, NEWCOMER), "Which lunch?")

        self.client.post(self.address, {**NEWCOMER, f"question_{question.pk}": "Soup"})

        self.assertEqual(list(self.made.answers.values_list("text", flat=True)), ["Soup"])

    def test_address_with_an_account_logs_in_first_whoever_else_is_logged_in(self):
        ben = make_user("Ben", email="ben@school.example")

        self.assertContains(self.client.get(self.address), "has an account already")
        self.assertEqual(self.client.post(self.address, NEWCOMER).status_code, 422)
        self.client.force_login(make_user("Eve"))
        self.assertContains(self.client.get(self.address), "which has an account")
        self.assertEqual(self.client.post(self.address, TAKING).status_code, 422)
        self.assertTrue(self.owner().is_stand_in)

        self.client.force_login(ben)
        self.client.post(self.address, TAKING)
        self.assertEqual(self.owner(), ben)

    def test_deactivated_account_of_that_address_gets_in_by_no_link(self):
        make_user("Gone", email="ben@school.example", is_active=False)

        self.assertEqual(self.client.post(self.address, NEWCOMER).status_code, 422)

        self.assertNotIn("_auth_user_id", self.client.session)
        self.assertTrue(self.owner().is_stand_in)

    def test_second_click_leads_to_ones_own_and_everybody_else_sees_a_dead_link(self):
        self.client.post(self.address, NEWCOMER)
        self.assertRedirects(self.client.post(self.address, TAKING), self.own)
        self.client.force_login(make_user("Eve"))

        for answer in (self.client.get(self.address), self.client.post(self.address, TAKING)):
            self.assertContains(answer, "no longer works", status_code=410)
        self.assertEqual(Registration.objects.active().count(), 1)

    def test_other_fields_are_not_taken(self):
        self.client.post(self.address, {**NEWCOMER, "email": "eve@x.example", "status": "waiting", "is_staff": "1",
                                        "user": self.ada.pk, "organisation": "99", "queue_number": "0"})  # fmt: skip

        user, row = self.owner(), Registration.objects.get(pk=self.made.pk)
        self.assertEqual((user.email, user.is_staff, row.status), ("ben@school.example", False, "confirmed"))
        self.assertEqual(row.organisation, self.school)

    @override_settings(ACCOUNT_RATE_LIMITS=product.ACCOUNT_RATE_LIMITS)
    def test_trying_links_is_limited(self):
        codes = [self.client.post("/my/claims/guess/").status_code for _try in range(61)]

        self.assertEqual((codes[0], codes[-1]), (410, 429))


class HandOverPageTests(ClaimCase):
    def setUp(self):
        self.mine = make_registration(edition=self.edition, user=self.ada)
        self.address = f"/{self.edition.slug}/my-registration/hand-over/"
        self.client.force_login(self.ada)

    def offer(self, **fields):
        return self.client.post(
            self.address, {"step": "offer", "name": "Ben", "email": "ben@x.example", **fields}
        )

    def test_page_offers_shows_and_withdraws(self):
        self.assertContains(self.client.get(f"/{self.edition.slug}/my-registration/"), self.address)
        self.offer()
        self.assertContains(self.client.get(self.address), "ben@x.example")

        self.client.post(self.address, {"step": "withdraw"})

        self.assertNotContains(self.client.get(self.address), "ben@x.example")
        self.assertEqual(Claim.objects.usable().count(), 0)

    def test_own_link_is_not_taken_by_oneself(self):
        self.offer()

        self.assertContains(self.client.get(self.url()), "still yours")
        self.assertEqual(self.client.post(self.url(), TAKING).status_code, 422)

    def test_names_and_addresses_with_line_ends_are_refused(self):
        for fields in (
            {"name": "B\r\nBcc: x@x.example"},
            {"email": "b@x.example\r\nBcc: c@x.example"},
            {"name": "B\u202e"},
        ):
            self.offer(**fields)

        self.assertFalse(Outbox.objects.exists())

    def test_where_the_switch_is_off_and_for_others_there_is_no_page(self):
        self.client.force_login(make_user("Eve"))
        self.assertEqual(self.client.get(self.address).status_code, 404)
        self.client.force_login(self.ada)
        self.type.can_be_handed_over = False
        self.type.save()
        self.assertEqual(self.client.get(self.address).status_code, 404)
        self.assertEqual(self.offer().status_code, 404)

    def test_my_registration_says_to_whom_it_is_offered_until_the_offer_is_withdrawn(self):
        own = f"/{self.edition.slug}/my-registration/"
        self.assertNotContains(self.client.get(own), "zoe@school.example")
        self.client.post(self.address, {"step": "offer", "name": "Zoë", "email": "zoe@school.example"})
        page = self.client.get(own)
        self.assertContains(page, "You offered it to zoe@school.example")
        self.assertContains(page, f'href="{self.address}">Withdraw the offer')

        self.client.post(self.address, {"step": "withdraw"})

        self.assertNotContains(self.client.get(own), "zoe@school.example")


class ColleaguesPageTests(ClaimCase):
    def setUp(self):
        self.address = f"/{self.edition.slug}/colleagues/"
        self.client.force_login(self.ada)

    def send(self, *people, step="register", **fields):
        data = {
            "step": step,
            "organisation": self.school.pk,
            "registration_type": self.type.pk,
            "form-TOTAL_FORMS": "4",
        }
        for number, (name, email) in enumerate(people):
            data |= {f"form-{number}-name": name, f"form-{number}-email": email}
        return self.client.post(self.address, {**data, **fields}, follow=True)

    def test_rows_are_registered_and_listed_until_they_come(self):
        page = self.send(("Ben", "ben@x.example"), ("", ""), ("Cy", "cy@x.example"))

        self.assertContains(page, "2 colleagues are registered. ")
        self.assertContains(page, "not taken over yet")
        self.assertEqual(Registration.objects.confirmed().count(), 2)

    def test_known_addresses_get_the_same_answer_as_unknown_ones(self):
        make_user("Known", email="known@x.example")
        make_registration(edition=self.edition, user=make_user("Here", email="here@x.example"))

        for who in ("known", "here", "nobody"):
            page = self.send(("Some Body", f"{who}@x.example"))
            self.assertContains(page, "1 colleague is registered. ")

        texts = {MAILED.sub("", mail.text) for mail in Outbox.objects.all()}
        self.assertEqual((len(texts), Outbox.objects.count(), Claim.objects.usable().count()), (1, 3, 3))

    def test_lack_of_places_registers_nobody_and_keeps_what_was_typed(self):
        self.type.capacity = 1
        self.type.save()

        page = self.send(("Ben", "ben@x.example"), ("Cy", "cy@x.example"))

        self.assertContains(page, "Only 1 place is left for 2 people")
        self.assertContains(page, 'value="cy@x.example"')
        self.assertEqual(Registration.objects.count(), 0)

    def test_wrong_rows_are_marked(self):
        page = self.send(("Ben", "ben@x.example"), ("Ben", "BEN@x.example"), ("", "cy@x.example"))
        self.assertContains(page, "data-wrong", 1)  # a name is missing, before anything else is looked at

        page = self.send(("Ben", "ben@x.example"), ("Ben", "BEN@x.example"))

        self.assertContains(page, "This address stands here twice.")
        self.assertEqual(Registration.objects.count(), 0)

    def test_more_rows_keep_what_was_typed_and_end_at_twenty(self):
        page = self.send(("Ben", "ben@x.example"), step="more")
        self.assertContains(page, 'name="form-7-email"')
        self.assertContains(page, 'value="ben@x.example"')

        for total in ("999999", "-1", "x", "٣"):
            page = self.send(("Ben", ""), step="more", **{"form-TOTAL_FORMS": total})
            self.assertNotContains(page, 'name="form-20-email"')
        self.assertContains(self.send(("", "")), "Fill in at least one row.")

    def test_foreign_organisation_kind_and_registration_are_not_taken(self):
        other, foreign = make_organisation("Other"), make_registration("Eve", self.edition)
        hidden = make_registration_type(self.edition, "Invited", for_whom="invited")

        self.send(("Ben", "ben@x.example"), organisation=other.pk)
        self.send(("Ben", "ben@x.example"), registration_type=hidden.pk)
        for step in ("withdraw", "send_again"):
            answer = self.client.post(self.address, {"step": step, "registration": foreign.pk})
            self.assertEqual(answer.status_code, 404)

        self.assertEqual(list(Registration.objects.active()), [foreign])

    def test_place_is_given_back_and_a_new_link_sent(self):
        made = self.colleagues()[0]
        self.client.post(self.address, {"step": "send_again", "registration": made.pk})
        self.assertEqual(Claim.objects.usable().count(), 1)

        self.client.post(self.address, {"step": "withdraw", "registration": made.pk})

        made.refresh_from_db()
        self.assertEqual(made.status, "cancelled")

    def test_who_belongs_nowhere_is_led_to_the_organisations(self):
        self.client.force_login(make_user("Eve"))

        self.assertContains(self.client.get(self.address), "Join yours, or add it.")

    def test_page_says_how_many_places_may_be_kept_and_how_many_wait(self):
        self.colleagues("a@x.example", "b@x.example")

        page = self.client.get(self.address)
        self.assertContains(page, "At most 20 places are kept for colleagues")
        self.assertContains(page, "2 wait now, so 18 more can be registered.")

    def test_nobody_is_sent_to_the_page_where_organisers_allow_no_places(self):
        page = f"/accounts/organisation/{self.school.slug}/"
        self.assertContains(self.client.get(page), self.address)
        Edition.objects.update(held_by_organisation=0)

        for address in (page, f"/{self.edition.slug}/register/"):
            self.assertNotContains(self.client.get(address), self.address)
        self.assertContains(self.client.get(self.address), "No kind of registration is open for colleagues")

    def test_one_and_three_colleagues_take_the_same_number_of_queries(self):
        self.colleagues("a@x.example")
        self.client.get(self.address)
        with self.assertNumQueries(14):
            self.client.get(self.address)
        self.colleagues("b@x.example", "c@x.example")
        with self.assertNumQueries(14):
            self.client.get(self.address)

    def test_plain_member_sees_the_page_too(self):
        self.client.force_login(make_membership(self.school).user)

        self.assertContains(self.client.get(self.address), "Colleague 1")

    def test_plain_member_reads_who_gives_out_the_reserved_places(self):
        make_registration_type(self.edition, "Partner schools", for_whom="members")
        self.assertNotContains(self.client.get(self.address), "by those who administer")

        self.client.force_login(make_membership(self.school).user)

        self.assertContains(self.client.get(self.address), "Reserved places (Partner schools)")
