"""The builder of publications in the admin."""

from django.test import TestCase, override_settings
from django.urls import reverse

from sessions.models import Publication
from tests.admin_forms import make_staff, queries_of, read_form
from tests.factories import make_presentation
from tests.sessions.publications import make_part, make_publication, make_theme_with_slides
from tests.sessions.test_publications_building import titles
from tests.sessions.test_publications_pdf import small_picture

NAME = "admin:conference_sessions_publication_"


@override_settings(STAFF_SECOND_FACTOR=False)
class BuilderTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_staff("programme editor")
        cls.publication = make_publication(is_published=False)
        cls.first, cls.second = (make_part(cls.publication, title=title) for title in ("First", "Second"))

    def setUp(self):
        self.client.force_login(self.editor)

    def address(self, page="contents", *args):
        return reverse(NAME + page, args=[self.publication.pk, *args])

    def test_publication_starts_from_all_of_the_chosen_themes(self):
        themes = [make_theme_with_slides(title, start)[0] for title, start in (("B", 2019), ("A", 2018))]

        answer = self.client.post(
            reverse(f"{NAME}from_themes"),
            {"title": "Looking back", "language": "en", "themes": [theme.pk for theme in themes]},
        )

        made = Publication.objects.get(title="Looking back", slug="looking-back")
        self.assertRedirects(answer, reverse(f"{NAME}contents", args=[made.pk]))
        self.assertEqual([title for title in titles(made) if len(title) == 1], ["A", "B"])

    def test_themes_are_added_later_too(self):
        theme = make_theme_with_slides("Gender")[0]

        self.client.post(self.address("themes"), {"themes": [theme.pk]})

        self.assertEqual(
            titles(self.publication), ["First", "Second", "Gender", "Slides on Gender", "Lecture on Gender"]
        )

    def test_buttons_and_a_dragged_order_move_parts(self):
        self.client.post(self.address(), {"down": self.first.pk})
        self.assertEqual(titles(self.publication), ["Second", "First"])
        self.client.post(self.address(), {"order": f"{self.first.pk},{self.second.pk}"})
        self.assertEqual(titles(self.publication), ["First", "Second"])
        self.client.post(self.address(), {"remove": self.first.pk})
        self.assertEqual(titles(self.publication), ["Second"])

    def test_part_of_another_publication_is_not_touched(self):
        other = make_part(make_publication(), title="Elsewhere")

        self.assertEqual(self.client.post(self.address(), {"remove": other.pk}).status_code, 404)
        self.assertEqual(self.client.get(self.address("part", other.pk)).status_code, 404)
        self.assertEqual(titles(other.publication), ["Elsewhere"])

    def test_parts_of_every_kind_are_added_at_the_end_and_changed(self):
        one = make_presentation(title="Slides")
        picture = small_picture()
        for kind, data in {
            "chapter": {"title": "A heading"},
            "text": {"title": "A text", "body": "Words", "open_to": "everyone"},
            "presentation": {"presentation": one.pk},
            "outcomes": {"session": make_theme_with_slides()[1].pk, "open_to": "members"},
            "picture": {
                "picture": picture,
                "picture_text": "A field",
                "title": "A picture",
                "open_to": "members",
            },
        }.items():
            answer = self.client.post(self.address("new_part", kind), data)
            self.assertRedirects(answer, self.address(), msg_prefix=kind)
        found = ["First", "Second", "A heading", "A text", "Slides", "Lecture on Gender", "A picture"]
        self.assertEqual(titles(self.publication), found)

        part = self.publication.parts.get(title="A text")
        form = read_form(self.client, self.address("part", part.pk))
        self.client.post(self.address("part", part.pk), form | {"body": "Other words"})
        part.refresh_from_db()
        self.assertEqual((part.body, part.open_to), ("Other words", "everyone"))

    def test_part_without_what_its_kind_needs_is_refused_beside_the_field(self):
        for kind, data in {
            "chapter": {}, "text": {"title": "No words"}, "presentation": {}, "outcomes": {"open_to": "members"},
            "picture": {"picture_text": "Nothing", "open_to": "members"},
        }.items():  # fmt: skip
            answer = self.client.post(self.address("new_part", kind), data)
            self.assertContains(answer, "errorlist", msg_prefix=kind)
        self.assertEqual(self.publication.parts.count(), 2)

    def test_same_presentation_is_refused_a_second_time(self):
        one = make_presentation()
        for _turn in range(2):
            answer = self.client.post(self.address("new_part", "presentation"), {"presentation": one.pk})
        self.assertContains(answer, "has that presentation already")

    def test_published_and_taken_back_by_a_button(self):
        self.client.post(self.address(), {"publish": "yes"})
        self.assertEqual(self.client.get(self.publication.get_absolute_url()).status_code, 200)
        self.publication.refresh_from_db()
        self.assertTrue(self.publication.is_published)
        self.client.post(self.address(), {"unpublish": "yes"})
        self.publication.refresh_from_db()
        self.assertFalse(self.publication.is_published)

    def test_contents_ask_as_often_for_many_parts_as_for_few(self):
        theme, session, presentation = make_theme_with_slides("A")
        make_part(self.publication, "chapter", theme=theme)
        make_part(self.publication, "presentation", presentation=presentation)
        make_part(self.publication, "outcomes", session=session)
        few = queries_of(self.client, self.address())
        for name in "BC":
            theme, session, presentation = make_theme_with_slides(name)
            make_part(self.publication, "chapter", theme=theme)
            make_part(self.publication, "presentation", presentation=presentation)
            make_part(self.publication, "outcomes", session=session)
        self.assertEqual(queries_of(self.client, self.address()), few)

    def test_form_of_a_publication_is_saved(self):
        address = self.address("change")
        form = read_form(self.client, address)
        self.client.post(address, form | {"subtitle": "A look back", "themes": []})
        self.publication.refresh_from_db()
        self.assertEqual(self.publication.subtitle, "A look back")
