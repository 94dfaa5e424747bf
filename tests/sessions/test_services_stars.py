"""Stars: once for each person and session, only for what has a page, taken over as often as a browser asks."""

from uuid import uuid4

from django.test import TestCase

from sessions.models import Kind, Session
from sessions.services import stars
from tests.factories import make_edition, make_session, make_user


class StarTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user, cls.edition = make_user(), make_edition()
        cls.session = make_session(cls.edition)

    def starred(self):
        return set(self.user.stars.values_list("session__guid", flat=True))

    def test_a_session_is_starred_once_and_the_star_goes_again(self):
        for _ in range(2):
            stars.star(user=self.user, session=self.session)
        self.assertEqual(self.user.stars.count(), 1)

        for _ in range(2):
            stars.unstar(user=self.user, session=self.session)
        self.assertEqual(self.user.stars.count(), 0)

    def test_taking_over_twice_is_taking_over_once(self):
        stars.star(user=self.user, session=self.session)
        other = make_session(self.edition)

        for _ in range(2):
            taken = stars.take_over(user=self.user, guids=[self.session.guid, other.guid])

        self.assertEqual(set(taken), {self.session.guid, other.guid})
        self.assertEqual(self.starred(), {self.session.guid, other.guid})

    def test_only_what_has_a_public_page_is_taken_over(self):
        cancelled = make_session(self.edition, status=Session.Status.CANCELLED)
        hidden = [
            make_session(self.edition, status=Session.Status.DRAFT),
            make_session(self.edition, status=Session.Status.WITHDRAWN),
            make_session(self.edition, kind=Kind.BREAK),
            make_session(make_edition(is_published=False)),
        ]
        guids = [uuid4(), cancelled.guid, *(session.guid for session in hidden)]

        self.assertEqual(stars.take_over(user=self.user, guids=guids), [cancelled.guid])
        self.assertEqual(self.starred(), {cancelled.guid})

    def test_no_more_is_taken_over_at_once_than_a_programme_can_hold(self):
        guids = [*(uuid4() for _ in range(stars.MOST_AT_ONCE)), self.session.guid]

        self.assertEqual(stars.take_over(user=self.user, guids=guids), [])

    def test_stars_go_with_the_person(self):
        stars.star(user=self.user, session=self.session)

        self.user.delete()

        self.assertEqual(self.session.stars.count(), 0)
