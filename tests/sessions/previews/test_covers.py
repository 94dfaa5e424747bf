"""The first page in small stands beside a presentation in lists, for whoever sees that page, at the cost of one query."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from conference.models import Theme
from conference.viewer import ANONYMOUS, Viewer
from sessions.library.index import rebuild
from sessions.models import Preview
from sessions.previews.covers import covers_of
from tests.factories import (
    make_appearance,
    make_check_in,
    make_edition,
    make_organisation,
    make_presentation,
    make_preview,
    make_registration,
    make_session,
)

MEMBER = Viewer(user_id=0)


def address(presentation, number=1):
    return f"/presentations/{presentation.guid}/pages/{number}/400.webp"


class CoverTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition(open_pages=1)
        cls.session = make_session(cls.edition)
        cls.shown = cls.make("Marmalade one")
        make_preview(cls.shown, "first", "second")

    @classmethod
    def make(cls, title="Marmalade", **fields):
        return make_presentation(cls.session, title=title, **{"audience": "members", **fields})

    def covers(self, viewer, *presentations):
        with self.assertNumQueries(1):
            return covers_of(presentations, viewer)

    def test_it_is_the_first_page_or_what_the_file_brought_along(self):
        brought = self.make()
        make_preview(brought, "text", picture=b"")
        Preview.objects.filter(pk=brought.current_file.preview.pk).update(has_cover=True)
        without = self.make()
        make_preview(without, "text", picture=b"")

        found = self.covers(ANONYMOUS, self.shown, brought, without, self.make())

        self.assertEqual(found, {self.shown.pk: address(self.shown), brought.pk: address(brought, 0)})

    def test_nobody_sees_it_who_does_not_see_the_first_page(self):
        closed = [
            self.make(open_pages=0),
            self.make(opens_at=timezone.now() + timedelta(days=1)),
            self.make(audience="organisers"),
        ]
        for one in closed:
            make_preview(one, "canary")

        self.assertEqual(self.covers(ANONYMOUS, *closed), {})
        self.assertEqual(self.covers(MEMBER, *closed), {closed[0].pk: address(closed[0])})
        self.assertEqual(len(self.covers(Viewer(user_id=0, is_organiser=True), *closed)), 3)

    def test_none_while_the_preview_is_made(self):
        Preview.objects.update(state="running")

        self.assertEqual(self.covers(ANONYMOUS, self.shown), {})

    def test_lists_and_hits_show_it_without_words_and_load_it_late(self):
        rebuild()
        school = make_organisation()
        make_appearance(self.session, organisation=school)
        theme = Theme.objects.create(title="Theme", slug="theme", start_year=2015, end_year=2015)
        type(self.edition).objects.update(theme=theme)
        image = f'<img class="row-cover" src="{address(self.shown)}" alt="" width="96" height="54" loading="lazy">'
        for path in (
            f"/{self.edition.slug}/presentations/", self.session.get_absolute_url(), "/library/?q=marmalade",
            f"/{self.edition.slug}/", "/themes/theme/", f"/organisations/{school.slug}/",
        ):  # fmt: skip
            with self.subTest(path):
                self.assertContains(self.client.get(path), image, count=1)

    def test_my_page_shows_it_for_what_i_attended(self):
        registration = make_registration(edition=self.edition)
        make_check_in(registration, self.session)
        self.client.force_login(registration.user)

        self.assertContains(self.client.get("/accounts/registrations/"), address(self.shown), count=1)

    def test_three_cost_as_much_as_one(self):
        more = [self.make(f"Marmalade {number}") for number in range(2)]
        for number, one in enumerate(more):
            make_preview(one, f"page {number}")

        self.assertEqual(len(self.covers(ANONYMOUS, self.shown, *more)), 3)
