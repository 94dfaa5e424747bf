"""The pages of those who lead a session, as tests ask for them."""

from django.core.cache import cache
from django.test import TestCase

from conference.models import User
from tests.registration.groups.hubs import make_hubs

PEOPLE, WRITE, OUTCOMES = (f"/ed/sessions/hubs/{page}/" for page in ("people", "people/write", "outcomes"))
PAGES = (PEOPLE, WRITE, OUTCOMES)
LETTER = {"subject": "See you", "text": "Bring a pen.\n\n**Not bold** {{ x }} <b>&"}


class Hubs(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.plan = make_hubs()
        cls.session = cls.plan.session
        cls.edition = cls.session.edition
        cls.belgium, cls.italy, cls.others = cls.plan.groups.all()
        cls.noor, cls.giorgio = (User.objects.get(name=name) for name in ("Noor", "Giorgio"))

    def setUp(self):
        cache.clear()
        self.client.force_login(self.noor)

    def statuses(self, person):
        self.client.force_login(person)
        return {self.client.get(page).status_code for page in PAGES}
