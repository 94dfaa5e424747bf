"""An account is closed: its places are freed, others move up, and nothing says any more whose they were."""

from datetime import timedelta

from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from conference.accounts.closing import close_account
from conference.models import Outbox, User
from registration.exceptions import AccountClosed, ChangedMeanwhile
from registration.models import (
    Answer,
    Certificate,
    CheckIn,
    Claim,
    InvoiceRequest,
    PlaceChange,
    Preference,
    Registration,
    WorkshopBooking,
)
from registration.place_log.queues import queues_of
from registration.place_log.replay import replay
from registration.services.booking import book_workshop
from registration.services.claims import hand_over, take_over
from registration.services.registering import cancel_registration, register
from tests.factories import (
    make_answer,
    make_booking,
    make_certificate,
    make_check_in,
    make_edition,
    make_invoice_request,
    make_organiser,
    make_question,
    make_ranking,
    make_registration,
    make_registration_type,
    make_round,
    make_user,
    make_workshop,
)
from tests.registration.claiming import ClaimCase

CANARY = "Kanarie"


class FreedPlacesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.type = make_registration_type(cls.edition, capacity=2)
        cls.workshop = make_workshop(cls.edition, capacity=1)
        cls.ada, cls.ben, cls.cleo, cls.dora = (make_user(name) for name in ("Ada", "Ben", "Cleo", "Dora"))

    def register(self, *users):
        return [
            register(user=user, registration_type=self.type, role="teacher", country="BE") for user in users
        ]

    def standing(self):
        return dict(self.edition.registrations.values_list("user__name", "status"))

    def test_the_head_of_the_queue_moves_up_with_its_mail_and_the_rest_stays_dense(self):
        self.register(self.ada, self.ben, self.cleo, self.dora)
        Outbox.objects.all().delete()

        close_account(user=self.ada)

        expected = {"–": "cancelled", "Ben": "confirmed", "Cleo": "confirmed", "Dora": "waiting"}
        self.assertEqual(self.standing(), expected)
        waiting = self.edition.registrations.waiting().with_position()
        self.assertEqual([(one.user, one.position) for one in waiting], [(self.dora, 1)])
        self.assertEqual([mail.recipient for mail in Outbox.objects.all()], [self.cleo.email])

    def test_a_workshop_is_given_back_too_and_its_queue_moves_up(self):
        ada, ben = self.register(self.ada, self.ben)
        book_workshop(registration=ada, workshop=self.workshop)
        waits = book_workshop(registration=ben, workshop=self.workshop)

        close_account(user=self.ada)

        waits.refresh_from_db()
        self.assertEqual(waits.status, "confirmed")
        self.assertEqual([queue.confirmed for queue in queues_of(self.edition)], [1, 1])

    def test_whoever_only_waited_leaves_the_queue(self):
        self.register(self.ada, self.ben, self.cleo, self.dora)

        close_account(user=self.cleo)

        waiting = self.edition.registrations.waiting().with_position()
        self.assertEqual([(one.user, one.position) for one in waiting], [(self.dora, 1)])

    def test_places_go_back_also_after_the_moment_until_which_people_change_them(self):
        self.type.changes_close_at = timezone.now() - timedelta(days=1)
        self.type.save()
        make_registration(user=self.ada, edition=self.edition)

        close_account(user=self.ada)

        self.assertEqual(self.standing(), {"–": "cancelled"})

    def test_the_log_keeps_each_step_without_the_person_and_is_replayed_to_where_things_stand(self):
        ada, ben, cleo = self.register(self.ada, self.ben, self.cleo)
        book_workshop(registration=ada, workshop=self.workshop)
        PlaceChange.objects.filter(registration=ada).update(note=CANARY)
        steps = PlaceChange.objects.count()

        close_account(user=self.ada)

        log = PlaceChange.objects.order_by("pk")
        self.assertEqual(log.count(), steps + 3)  # the workshop, the place, and who moved up
        self.assertEqual(set(log.filter(registration=ada).values_list("by", "note")), {(None, "")})
        self.assertEqual(replay(log.filter(registration_type=self.type)).wrong, [])
        self.assertEqual([queue.is_right for queue in queues_of(self.edition)], [True, True])
        self.assertEqual([queue.unlogged for queue in queues_of(self.edition)], [0, 0])

    def test_what_comes_from_a_page_that_is_still_open_is_refused(self):
        [ada] = self.register(self.ada)
        close_account(user=self.ada)

        with self.assertRaises(AccountClosed):
            self.register(self.ada)
        with self.assertRaises(ChangedMeanwhile):
            book_workshop(registration=self.confirmed_again(ada), workshop=self.workshop)

    def confirmed_again(self, row):
        """The row as the page still knows it."""
        Registration.objects.filter(pk=row.pk).update(status="confirmed")
        return row

    def test_several_editions_at_once_and_nothing_of_another_person_changes(self):
        other = make_edition()
        make_registration(user=self.ada, edition=other)
        self.register(self.ada, self.ben)
        before = Registration.objects.filter(user=self.ben).values().get()

        close_account(user=self.ada)

        self.assertEqual(Registration.objects.filter(user=self.ben).values().get(), before)
        self.assertEqual(Registration.objects.active().exclude(user=self.ben).count(), 0)


class OverEditionTests(TestCase):
    """Of what is over, seats and presence stay what they were."""

    @classmethod
    def setUpTestData(cls):
        today = timezone.localdate()
        cls.edition = make_edition(
            starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=8),
            registration_closes_at=timezone.now() - timedelta(days=20),
        )  # fmt: skip
        cls.ada = make_user("Ada")
        cls.type = make_registration_type(cls.edition, capacity=1)
        cls.mine = make_registration(
            user=cls.ada, edition=cls.edition, country="BE", role="ngo", organisation_name=CANARY
        )
        cls.waits = make_registration("Ben", cls.edition, status="waiting", queue_number=2)
        cls.workshop = make_workshop(cls.edition)
        make_booking(cls.mine, cls.workshop)
        make_check_in(cls.mine)

    def test_the_seat_stays_taken_by_nobody_in_particular(self):
        log = PlaceChange.objects.count()
        close_account(user=self.ada)

        row = Registration.objects.select_related("user").get(pk=self.mine.pk)
        self.assertEqual((row.user.name, row.user.is_active, row.status), ("–", False, "confirmed"))
        self.assertEqual((row.country.code, row.role, row.organisation_name), ("BE", "ngo", ""))
        self.waits.refresh_from_db()
        self.assertEqual((self.waits.status, PlaceChange.objects.count()), ("waiting", log))
        self.assertEqual((CheckIn.objects.count(), WorkshopBooking.objects.confirmed().count()), (1, 1))

    def test_what_the_person_has_on_paper_leads_nowhere(self):
        before = (self.mine.guid, self.mine.reference, self.mine.ticket_code)
        close_account(user=self.ada)

        row = Registration.objects.get(pk=self.mine.pk)
        self.assertEqual({row.guid, row.reference, row.ticket_code} & set(before), set())

    def test_a_certificate_is_revoked_and_names_nobody(self):
        self.ada.name = CANARY
        self.ada.save()
        self.mine.refresh_from_db()
        certificate = make_certificate(self.mine)
        address = reverse("registration:verify", args=[certificate.code])
        self.assertContains(self.client.get(address), CANARY)

        close_account(user=self.ada)

        answer = self.client.get(address)
        self.assertContains(answer, "Revoked")
        self.assertNotContains(answer, CANARY)
        row = Certificate.objects.filter(pk=certificate.pk).values().get()
        self.assertNotIn(CANARY, str(row))
        self.assertEqual(row["number"], certificate.number)


class ForgottenTests(TestCase):
    def test_answers_wishes_and_invoices_are_gone_and_the_option_is_free(self):
        edition = make_edition()
        mine = make_registration(edition=edition, dietary_needs=CANARY)
        lunch = make_question(edition, "Lunch", [("fish", 1)])
        make_answer(mine, lunch, CANARY, "fish")
        round_ = make_round(edition, [make_workshop(edition)])
        make_ranking(mine, round_, round_.choices.get().workshop)
        make_invoice_request(mine, billing_name=CANARY, status="sent")

        close_account(user=mine.user)

        counts = [model.objects.count() for model in (Answer, Preference, InvoiceRequest)]
        self.assertEqual(counts, [0, 0, 0])
        self.assertEqual(lunch.options.with_taken().get().taken, 0)
        self.assertEqual(Registration.objects.get().dietary_needs, "")

    def test_an_invoice_kept_after_handing_over_is_not_passed_to_the_other(self):
        former, theirs = make_user("Ada"), make_registration("Ben")
        make_invoice_request(theirs, billing_name=CANARY, status="sent", kept_by=former)

        close_account(user=former)

        self.assertEqual(InvoiceRequest.objects.count(), 0)

    def test_an_organiser_who_leaves_stays_in_no_line_of_the_log(self):
        olga, ada = make_organiser(), make_registration()
        make_organiser("Otto")  # somebody has to stay
        cancel_registration(registration=ada, by=olga)
        make_check_in(ada, by=olga, device=f"{CANARY} phone")

        close_account(user=olga)

        self.assertEqual(PlaceChange.objects.get().by, None)
        self.assertEqual(CheckIn.objects.values_list("by", "device").get(), (None, ""))


class AdminTests(TestCase):
    def test_an_organiser_closes_an_account_with_places(self):
        self.client.force_login(make_organiser())
        mine = make_registration()
        address = reverse("admin:conference_user_delete", args=[mine.user_id])

        self.assertContains(self.client.get(address), mine.user.email)
        self.client.post(address, {"post": "yes"})

        mine.refresh_from_db()
        self.assertEqual((mine.user.name, mine.status), ("–", "cancelled"))


class ClaimsTests(ClaimCase):
    def test_a_place_that_is_kept_for_the_person_goes_back(self):
        ben = make_user("Ben", email="ben@school.example")
        self.colleagues("ben@school.example", "cy@school.example")

        close_account(user=ben)

        statuses = Registration.objects.order_by("pk").values_list("status", "user__name")
        self.assertEqual(list(statuses), [("cancelled", "–"), ("confirmed", "Ben Colleague")])
        self.assertEqual(list(Claim.objects.values_list("email", flat=True)), ["cy@school.example"])
        self.assertEqual(User.objects.filter(name="–").count(), 1)

    def test_colleagues_keep_the_places_that_the_person_made_for_them(self):
        self.colleagues("cy@school.example")

        close_account(user=self.ada)

        self.assertEqual(self.client.get(self.url()).status_code, 200)
        self.assertEqual(Registration.objects.get().status, "confirmed")

    def test_an_offer_to_the_person_ends_and_forgets_them_but_the_place_stays_its_owners(self):
        mine = make_registration(user=self.ada, edition=self.edition)
        cy = make_user("Cy", email="cy@school.example")
        hand_over(registration=mine, name="Cy", email="cy@school.example")

        close_account(user=cy)

        claim = Claim.objects.get()
        self.assertEqual((claim.name, claim.email, claim.withdrawn_at is None), ("–", "", False))
        mine.refresh_from_db()
        self.assertEqual((mine.user, mine.status), (self.ada, "confirmed"))

    def test_a_registration_that_was_handed_on_stays_with_who_has_it_now(self):
        mine = make_registration(user=self.ada, edition=self.edition)
        cy = make_user("Cy", email="cy@school.example")
        hand_over(registration=mine, name="Cy", email="cy@school.example")
        take_over(token=self.token(), user=cy, role="teacher", country="BE")

        close_account(user=self.ada)

        self.assertEqual(Registration.objects.get().user, cy)
        self.assertEqual(Registration.objects.get().status, "confirmed")
