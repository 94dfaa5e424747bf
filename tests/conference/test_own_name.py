"""People put their own name right, and nobody else's."""

from django.test import TestCase

from conference.models import User
from tests.conference.test_signup import HOSTILE_NEXT
from tests.factories import make_registration, make_user

NAME = "/accounts/name/"


class OwnNameTests(TestCase):
    def setUp(self):
        self.ada, self.ben = make_user("Ada Lovelaec"), make_user("Ben")
        self.client.force_login(self.ada)

    def names(self):
        return list(User.objects.order_by("pk").values_list("name", flat=True))

    def test_mistyped_name_is_changed_and_one_goes_on_where_one_was(self):
        edit = f"/{make_registration(user=self.ada).edition.slug}/my-registration/edit/"
        self.assertContains(self.client.get(edit), f'href="{NAME}?next={edit}"')
        self.assertContains(self.client.get(NAME, {"next": edit}), 'value="Ada Lovelaec"')

        response = self.client.post(
            NAME, {"name": " Ada Lovelace ", "next": edit, "email": "x@x.example", "pk": self.ben.pk}
        )

        self.assertRedirects(response, edit)
        self.assertEqual(self.names(), ["Ada Lovelace", "Ben"])
        self.assertNotEqual(User.objects.first().email, "x@x.example")

    def test_no_name_and_names_that_are_none_are_refused(self):
        for wrong in ("", "  ", "A\nB", "A\u202eB", "A" * 201):
            self.assertEqual(self.client.post(NAME, {"name": wrong}).status_code, 200, wrong)

        self.assertEqual(self.names(), ["Ada Lovelaec", "Ben"])

    def test_one_is_never_led_to_another_site(self):
        for hostile in HOSTILE_NEXT:
            response = self.client.post(NAME, {"name": "Ada", "next": hostile})
            self.assertRedirects(response, NAME, fetch_redirect_response=False)
