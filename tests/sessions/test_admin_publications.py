"""The builder of publications in the admin."""

from django.test import TestCase, override_settings
from django.urls import reverse

from conference.viewer import ANONYMOUS
from sessions.library.asking import Asked
from sessions.library.search import search
from sessions.models import LibraryState, Publication
from sessions.publications import building
from sessions.publications.building import state_of
from tests.admin_forms import FormReader, make_staff, queries_of, read_form
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
        cls.slides = make_presentation()
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

    def test_a_number_that_no_database_holds_is_no_error_of_the_site(self):
        endless = "9" * 30
        for address, name in (
            (self.address("new_part", "presentation"), "presentation"),
            (self.address("themes"), "themes"),
            (reverse("admin:conference_sessions_presentation_describe") + f"?ids={self.slides.pk}", "topics"),
        ):
            with self.subTest(address):
                self.assertIn(self.client.post(address, {name: endless}).status_code, (200, 400))

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

        answer = self.client.post(self.address(), {"remove": other.pk}, follow=True)
        self.assertNotContains(answer, "Elsewhere")
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

    def test_step_of_a_second_organiser_is_not_done_but_told(self):
        address, shown = self.address(), state_of(self.publication)
        building.move_part(part=self.first, up=False)
        for step in ({"up": self.first.pk}, {"remove": self.second.pk}, {"publish": "yes"}):
            answer = self.client.post(address, step | {"seen": shown}, follow=True)
            self.assertContains(answer, "Somebody else changed this publication meanwhile")
        dragged = self.client.post(address, {"order": f"{self.first.pk},{self.second.pk}", "seen": shown})

        self.assertEqual(dragged.status_code, 409)
        self.assertContains(self.client.get(address), "Somebody else changed this publication meanwhile")
        self.assertEqual(titles(self.publication), ["Second", "First"])
        self.publication.refresh_from_db()
        self.assertFalse(self.publication.is_published)

    def test_who_drags_on_is_not_taken_for_somebody_else(self):
        order, shown = [self.second.pk, self.first.pk], state_of(self.publication)
        for keys in (order, order[::-1], order):
            said = {"order": ",".join(map(str, keys)), "seen": shown}
            shown = self.client.post(self.address(), said).json()["seen"]

        self.assertEqual(titles(self.publication), ["Second", "First"])

    def test_part_that_somebody_else_removed_is_told_and_nothing_else_is_removed(self):
        gone = self.first.pk
        building.remove_part(part=self.first)

        answer = self.client.post(self.address(), {"remove": gone}, follow=True)

        self.assertContains(answer, "Somebody else removed this part meanwhile")
        self.assertEqual(titles(self.publication), ["Second"])

    def test_second_organiser_at_one_part_overwrites_nobody_and_keeps_what_they_typed(self):
        address = self.address("part", self.first.pk)
        ada, ben = (read_form(self.client, address) for _person in range(2))
        self.client.post(address, ada | {"body": "Words of Ada"})

        answer = self.client.post(address, ben | {"body": "Words of Ben"})

        self.assertContains(answer, "Somebody else changed this part meanwhile")
        self.assertContains(answer, "Words of Ben")
        self.first.refresh_from_db()
        self.assertEqual(self.first.body, "Words of Ada")

    def test_what_was_typed_into_a_part_that_is_gone_comes_back_as_a_new_part(self):
        address = self.address("part", self.first.pk)
        form = read_form(self.client, address) | {"body": "Words of Ben"}
        building.remove_part(part=self.first)

        told = self.client.post(address, form)
        self.assertContains(told, "Somebody else removed this part meanwhile")
        self.assertContains(told, "Words of Ben")
        reader = FormReader()
        reader.feed(told.content.decode())
        self.client.post(address, reader.data)

        self.assertEqual(titles(self.publication), ["Second", "First"])
        self.assertEqual(self.publication.parts.get(title="First").body, "Words of Ben")

    def test_move_while_a_form_was_open_stays(self):
        address = self.address("part", self.first.pk)
        form = read_form(self.client, address) | {"body": "Other words"}
        building.move_part(part=self.first, up=False)

        self.client.post(address, form)

        self.assertEqual(titles(self.publication), ["Second", "First"])
        self.assertEqual([part.position for part in self.publication.parts.all()], [0, 1])

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

    def test_publication_that_is_deleted_by_the_list_is_not_found_any_more(self):
        building.publish(publication=self.publication)
        asked = Asked("looking back")
        self.assertEqual(len(search(asked, ANONYMOUS).hits), 1)
        before = LibraryState.objects.get().token
        chosen = {"action": "delete_selected", "_selected_action": self.publication.pk, "post": "yes"}

        self.client.post(reverse(f"{NAME}changelist"), chosen)

        self.assertFalse(Publication.objects.exists())
        self.assertEqual(len(search(asked, ANONYMOUS).hits), 0)
        self.assertNotEqual(LibraryState.objects.get().token, before)

    def test_form_of_a_publication_is_saved(self):
        address = self.address("change")
        form = read_form(self.client, address)
        self.client.post(address, form | {"subtitle": "A look back", "themes": []})
        self.publication.refresh_from_db()
        self.assertEqual(self.publication.subtitle, "A look back")
