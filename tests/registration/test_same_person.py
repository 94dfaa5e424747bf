"""Whoever handed a registration over changes nothing of it any more, also by a request that was under way."""

from django.test import TestCase

from registration.claims.exceptions import ClaimSpent
from registration.exceptions import ChangedMeanwhile
from registration.services import claims
from registration.services.booking import book_workshop, cancel_booking
from registration.services.moving import change_type
from registration.services.ranking import save_ranking
from registration.services.registering import cancel_registration, update_registration
from registration.services.tickets import reissue
from tests.factories import (
    make_booking,
    make_registration,
    make_registration_type,
    make_round,
    make_user,
    make_workshop,
)
from tests.registration.claiming import ClaimCase


class SamePersonTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.as_it_was = make_registration("Ada")
        cls.edition = cls.as_it_was.edition
        cls.as_it_was.registration_type.can_be_handed_over = True
        cls.as_it_was.registration_type.save()
        cls.booking = make_booking(cls.as_it_was, make_workshop(cls.edition))
        cls.ben = make_user("Ben")
        cls.edition.registrations.update(user=cls.ben)

    def test_nothing_reaches_the_registration_of_another(self):
        mine, other = {"registration": self.as_it_was}, make_registration_type(self.edition)
        workshop, round_ = make_workshop(self.edition), make_round(self.edition)
        for act in (
            lambda: cancel_registration(**mine),
            lambda: update_registration(**mine, role="pupil"),
            lambda: change_type(**mine, registration_type=other),
            lambda: claims.hand_over(**mine, name="Cas", email="cas@example.org"),
            lambda: claims.withdraw(**mine, by=self.as_it_was.user),
            lambda: book_workshop(**mine, workshop=workshop),
            lambda: cancel_booking(booking=self.booking),
            lambda: save_ranking(**mine, round_=round_, ranking=[]),
            lambda: reissue(**mine, by=self.as_it_was.user),
        ):
            with self.assertRaises(ChangedMeanwhile):
                act()

        now = self.edition.registrations.get()
        self.assertEqual((now.user, now.status, now.role), (self.ben, "confirmed", "teacher"))
        self.assertEqual(now.ticket_code, self.as_it_was.ticket_code)
        self.assertEqual(now.bookings.active().count(), 1)


class WithdrawTests(ClaimCase):
    def test_a_place_that_a_colleague_took_is_not_said_to_go_back(self):
        (registration,) = self.colleagues()
        claims.take_over(token=self.token(), user=make_user("Ben"), role="teacher", country="BE")
        registration.refresh_from_db()

        with self.assertRaises(ClaimSpent):
            claims.withdraw(registration=registration, by=self.ada)

        self.assertTrue(self.edition.registrations.get().is_confirmed)
