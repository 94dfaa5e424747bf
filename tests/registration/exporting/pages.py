from django.core.cache import cache
from django.test import TestCase, override_settings
from django.urls import reverse

from conference.sheets.cells import read_csv
from tests.admin_forms import make_staff
from tests.factories import make_edition

PEOPLE = ["name", "email", "organisation"]


@override_settings(STAFF_SECOND_FACTOR=False)
class Exporting(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.page = reverse("admin:conference_edition_exports", args=[cls.edition.pk])
        cls.organiser = make_staff("organiser")

    def setUp(self):
        cache.clear()
        self.client.force_login(self.organiser)

    def export(self, listing="registrations", columns=PEOPLE, **said):
        said = {"form": "csv", "statuses": ["confirmed"], "columns": columns, **said}
        return self.client.post(f"{self.page}?list={listing}", said)

    def rows(self, *args, **said):
        response = self.export(*args, **said)
        self.assertEqual((response.status_code, response["Content-Type"]), (200, "text/csv; charset=utf-8"))
        return read_csv(response.content.decode())[1:]

    def take(self, codename):
        for group in self.organiser.groups.all():
            group.permissions.remove(group.permissions.get(codename=codename))
