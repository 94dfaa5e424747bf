"""How many pages somebody sees: all with the file, the open ones without it, none of what they may not know of."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from conference.viewer import ANONYMOUS, Viewer
from sessions.models import Presentation
from sessions.previews.access import is_open, is_open_to_everyone, pages_open_to, with_pages_open
from tests.factories import make_edition, make_presentation, make_session

MEMBER, ORGANISER = Viewer(user_id=0), Viewer(user_id=0, is_organiser=True)


class PagesOpenTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition(open_pages=2)
        cls.session = make_session(cls.edition)

    def make(self, audience="members", **fields):
        return make_presentation(self.session, audience=audience, **fields)

    def test_a_visitor_sees_as_many_pages_as_the_edition_says(self):
        self.assertEqual(pages_open_to(self.make(), ANONYMOUS), 2)

    def test_a_presentation_may_say_otherwise_also_none(self):
        found = [pages_open_to(self.make(open_pages=number), ANONYMOUS) for number in (0, 5)]

        self.assertEqual(found, [0, 5])

    def test_a_practice_of_a_member_opens_three(self):
        self.assertEqual(pages_open_to(make_presentation(audience="members"), ANONYMOUS), 3)

    def test_whoever_may_have_the_file_sees_all(self):
        self.assertIsNone(pages_open_to(self.make(), MEMBER))
        self.assertIsNone(pages_open_to(self.make("everyone"), ANONYMOUS))
        confirmed = Viewer(user_id=0, editions_confirmed=frozenset({self.edition.pk}))
        attendees = self.make("attendees")
        self.assertEqual([pages_open_to(attendees, who) for who in (MEMBER, confirmed)], [2, None])

    def test_nothing_is_open_before_its_moment(self):
        at = timezone.now()
        soon = self.make("everyone", opens_at=at + timedelta(seconds=1))

        self.assertEqual(pages_open_to(soon, MEMBER, at), 0)
        self.assertIsNone(pages_open_to(soon, MEMBER, at + timedelta(seconds=1)))
        self.assertIsNone(pages_open_to(soon, ORGANISER, at))

    def test_what_one_may_not_know_of_has_no_page(self):
        hidden = [
            self.make("organisers"), self.make(status="submitted"), self.make(withdrawn_at=timezone.now()),
        ]  # fmt: skip

        self.assertEqual([pages_open_to(one, MEMBER) for one in hidden], [0, 0, 0])

    def test_many_are_asked_in_one_query_and_answer_as_each_alone(self):
        for audience in Presentation.Audience.values:
            self.make(audience)
            self.make(audience, open_pages=1, opens_at=timezone.now() + timedelta(days=1))
        for viewer in (ANONYMOUS, MEMBER, ORGANISER):
            with self.assertNumQueries(1):
                found = {
                    one.pk: one.pages_open for one in with_pages_open(Presentation.objects.all(), viewer)
                }
            listed = Presentation.objects.listed_to(viewer)
            self.assertEqual(found, {one.pk: pages_open_to(one, viewer) for one in listed})

    def test_a_page_is_open_up_to_the_number(self):
        found = [is_open(3, pages) for pages in (None, 3, 2, 0)]

        self.assertEqual(found, [True, True, False, False])

    def test_a_picture_is_kept_for_all_only_if_a_visitor_sees_it(self):
        one = self.make()

        self.assertEqual([is_open_to_everyone(one, page) for page in (2, 3)], [True, False])
