from html.parser import HTMLParser

from django.test import TestCase, override_settings
from django.urls import reverse

from conference.models import User
from tests.admin_forms import make_staff, read_form
from tests.factories import make_presentation, make_session, make_user


class Choices(HTMLParser):
    """What stands in one list of a page, as value and words."""

    def __init__(self, name):
        super().__init__()
        self.name, self.inside, self.value, self.found = name, False, None, {}

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "select":
            self.inside = given.get("name") == self.name
        if tag == "option" and self.inside:
            self.value = given.get("value", "")

    def handle_data(self, text):
        if self.value is not None and text.strip():
            self.found[self.value] = text.strip()

    def handle_endtag(self, tag):
        if tag in ("option", "select"):
            self.value = None


@override_settings(STAFF_SECOND_FACTOR=False)
class LanguageChoiceTests(TestCase):
    def setUp(self):
        self.staff = make_staff("organiser")
        self.client.force_login(self.staff)

    def choices(self, address, name="language"):
        reader = Choices(name)
        reader.feed(self.client.get(address).content.decode())
        return reader.found

    def test_the_language_of_a_session_is_chosen_by_its_name_or_left_open(self):
        session = make_session()
        address = reverse("admin:conference_sessions_session_change", args=[session.pk])

        found = self.choices(address)

        self.assertEqual((found[""], found["nl"], found["fr"]), ("---------", "Dutch", "French"))
        self.client.post(address, read_form(self.client, address) | {"language": "fr"})
        session.refresh_from_db()
        self.assertEqual(session.language, "fr")

    def test_a_code_without_a_name_stays_when_something_else_is_saved(self):
        session = make_session(language="gsw")
        address = reverse("admin:conference_sessions_session_change", args=[session.pk])

        self.client.post(address, read_form(self.client, address) | {"title_en": "Another title"})

        session.refresh_from_db()
        self.assertEqual((session.title, session.language), ("Another title", "gsw"))

    def test_what_is_no_code_is_refused(self):
        session = make_session(language="nl")
        address = reverse("admin:conference_sessions_session_change", args=[session.pk])

        page = self.client.post(address, read_form(self.client, address) | {"language": "<b>!"})

        self.assertEqual(list(page.context["adminform"].form.errors), ["language"])

    def test_a_presentation_has_one_there_and_in_the_form_of_its_session(self):
        presentation = make_presentation(make_session(), language="de")
        own = reverse("admin:conference_sessions_presentation_change", args=[presentation.pk])
        outer = reverse("admin:conference_sessions_session_change", args=[presentation.session.pk])

        self.assertEqual(self.choices(own)["de"], "German")
        self.assertEqual(self.choices(outer, "presentations-0-language")["de"], "German")
        self.assertEqual("" in self.choices(own), False)

    def test_the_list_is_filtered_by_the_name(self):
        make_presentation(make_session(), language="de")

        page = self.client.get(reverse("admin:conference_sessions_presentation_changelist") + "?edition=all")

        self.assertContains(page, ">German</a>")

    def test_people_are_written_to_in_a_language_of_the_site(self):
        ada = make_user("Ada", language="en")
        address = reverse("admin:conference_user_change", args=[ada.pk])

        self.assertEqual(list(self.choices(address)), ["en", "nl", "fr", "de"])
        self.client.post(address, read_form(self.client, address) | {"language": "fi"})
        self.assertEqual(User.objects.get(pk=ada.pk).language, "en")
        self.client.post(address, read_form(self.client, address) | {"language": "nl"})
        self.assertEqual(User.objects.get(pk=ada.pk).language, "nl")
