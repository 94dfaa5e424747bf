"""Outcomes as tests write them: a row of one group, and three people who lead."""

from django.core.cache import cache
from django.test import TestCase

from conference.models import User
from registration.models import Outcome
from tests.admin_forms import read_form
from tests.factories import make_appearance, make_speaker, make_user
from tests.registration.groups.hubs import make_hubs

URL, PDF, PAGE = "/ed/sessions/hubs/outcomes/", "/ed/sessions/hubs/outcomes.pdf", "/ed/sessions/hubs/"
Status = Outcome.Status


class Outcomes(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.plan = make_hubs()
        cls.session = cls.plan.session
        cls.belgium, cls.italy, _others = cls.plan.groups.all()
        cls.noor, cls.giorgio = (User.objects.get(name=name) for name in ("Noor", "Giorgio"))
        cls.chair = make_user("Chair")
        make_appearance(cls.session, make_speaker(user=cls.chair), part="chair")
        cls.row = cls.make("Files get lost", group=cls.belgium, who="Schools")

    @classmethod
    def make(cls, problem, **fields):
        fields = {"session": cls.session, "written_by": cls.noor, **fields}
        return Outcome.objects.create(problem=problem, **fields)

    def setUp(self):
        cache.clear()
        self.client.force_login(self.noor)

    def typed(self, **changes):
        """What a browser sends that has the page open now."""
        return read_form(self.client, URL) | {
            name.replace("row_", f"row-{self.row.pk}-").replace("new_", f"new-{self.belgium.pk}-"): value
            for name, value in changes.items()
        }

    def words(self):
        return sorted(Outcome.objects.values_list("problem", "who", "status", "group__name"))
