from django.test import TestCase, override_settings
from django.urls import reverse

from tests.admin_forms import make_staff, read_form
from tests.factories import make_edition, make_registration_type


@override_settings(STAFF_SECOND_FACTOR=False)
class YearsTests(TestCase):
    def setUp(self):
        self.client.force_login(make_staff("organiser"))
        self.edition = make_edition(time_zone="Europe/Brussels")

    def errors_of(self, address, **changes):
        """What the form says, and what its inner forms say."""
        page = self.client.post(address, read_form(self.client, address) | changes)
        if page.status_code == 302:
            return {}
        forms = [page.context["adminform"].form]
        forms += [form for inner in page.context["inline_admin_formsets"] for form in inner.formset.forms]
        return {name: list(said) for form in forms for name, said in form.errors.items()}

    def test_a_year_at_the_ends_of_the_calendar_is_refused_in_words(self):
        address = reverse("admin:conference_edition_change", args=[self.edition.pk])
        for day in ("0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31"):
            found = self.errors_of(
                address, registration_closes_at_0=day, registration_closes_at_1="00:00", starts_on=day
            )

            self.assertEqual(found["registration_closes_at"], ["Choose a year between 1900 and 2200."], day)
            self.assertEqual(found["starts_on"], ["Choose a year between 1900 and 2200."], day)

    def test_the_first_and_the_last_year_are_taken(self):
        address = reverse("admin:conference_edition_change", args=[self.edition.pk])

        found = self.errors_of(
            address,
            registration_opens_at_0="1900-01-01",
            registration_opens_at_1="00:00",
            registration_closes_at_0="2200-12-31",
            registration_closes_at_1="23:59",
        )

        self.assertEqual(found, {})
        self.edition.refresh_from_db()
        self.assertEqual(self.edition.registration_closes_at.year, 2200)

    def test_moments_of_other_forms_are_bounded_too(self):
        kind = make_registration_type(self.edition)
        address = reverse("admin:registration_registrationtype_change", args=[kind.pk])

        found = self.errors_of(address, opens_at_0="0001-01-01", opens_at_1="00:00")

        self.assertEqual(found, {"opens_at": ["Choose a year between 1900 and 2200."]})

    def test_moments_of_forms_inside_a_form_are_bounded_too(self):
        kind = make_registration_type(self.edition)
        address = reverse("admin:conference_edition_change", args=[self.edition.pk])
        inner = {
            name.replace("-id", "-closes_at"): value
            for name, value in read_form(self.client, address).items()
            if name.startswith("registration_types-") and name.endswith("-id") and value == str(kind.pk)
        }
        [name] = inner

        found = self.errors_of(address, **{f"{name}_0": "0001-01-01", f"{name}_1": "00:00"})

        self.assertEqual(found, {"closes_at": ["Choose a year between 1900 and 2200."]})
