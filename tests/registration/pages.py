"""What the tests of the registration page share."""

from django.test import TestCase

from tests.factories import make_edition, make_registration, make_registration_type, make_user

ANSWERS = {"role": "teacher", "consent": "on"}
NEWCOMER = {"name": "Ada Lovelace", "email": "ada@example.org", "country": "GB", **ANSWERS}


class RegisterPage(TestCase):
    def setUp(self):
        self.edition = make_edition()
        self.type = make_registration_type(self.edition, capacity=1)
        self.url = f"/{self.edition.slug}/register/"
        self.own_url = f"/{self.edition.slug}/my-registration/"

    def log_in(self, name="Ada", **fields):
        user = make_user(name, country="BE", **fields)
        self.client.force_login(user)
        return user

    def make_full(self, waiting=0):
        for number in range(self.type.capacity + waiting):
            status = "confirmed" if number < self.type.capacity else "waiting"
            make_registration(edition=self.edition, status=status, queue_number=number + 1)
