"""The words say what the one rule does: whoever follows them holds the file."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from django.test import TestCase
from django.utils import timezone, translation

from conference.viewer import ANONYMOUS, Viewer
from sessions.access import access_of, access_of_all
from sessions.models import Presentation, Session
from tests.factories import (
    make_appearance,
    make_edition,
    make_organiser,
    make_presentation,
    make_release,
    make_session,
    make_slot,
    make_speaker,
    make_user,
)

Audience = Presentation.Audience
NOW = datetime(2027, 3, 10, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def may_download(presentation, viewer, at=NOW):
    return Presentation.objects.downloadable_by(viewer, at).filter(pk=presentation.pk).exists()


def downloadable(viewer):
    return set(Presentation.objects.downloadable_by(viewer, NOW).values_list("pk", flat=True))


def listed(viewer):
    return set(Presentation.objects.listed_to(viewer, NOW).values_list("pk", flat=True))


@pytest.fixture
def people(db):
    speaker = make_speaker(user=make_user("Speaker"))
    return {
        "speaker": speaker,
        "member": make_user("Member").pk,
        "organiser": make_organiser().pk,
        "newcomer": make_user("Newcomer").pk,
    }


def every_presentation(speaker):
    """Every audience × release moment × state of the file, the presentation, its session, edition and registration."""
    moments = [{}, {"opens_at": NOW + DAY}, {"opens_at": NOW - DAY}, {"opens_after_session": True}]
    states = ["public", "submitted", "withdrawn", "draft session", "hidden edition"]
    for is_open, audience, moment, state in product((True, False), Audience.values, moments, states):
        edition = make_edition(
            is_published=state != "hidden edition", starts_on=NOW.date(), ends_on=NOW.date(),
            registration_closes_at=NOW + DAY if is_open else NOW - DAY,
        )  # fmt: skip
        session = make_session(edition, status="draft" if state == "draft session" else "published")
        make_appearance(session, speaker)
        yield make_presentation(
            session, audience=audience, status="submitted" if state == "submitted" else "approved",
            withdrawn_at=NOW if state == "withdrawn" else None, **moment,
        )  # fmt: skip


def test_words_and_rule_agree_for_everyone_and_everything(people):
    presentations = list(every_presentation(people["speaker"]))
    everywhere = frozenset(one.edition_id for one in presentations)
    viewers = [
        ANONYMOUS,
        Viewer(people["member"]),
        Viewer(people["member"], editions_confirmed=everywhere),
        Viewer(people["speaker"].user_id),
        Viewer(people["organiser"], is_organiser=True),
    ]
    signed_up = downloadable(Viewer(people["newcomer"]))
    registered = downloadable(Viewer(people["newcomer"], editions_confirmed=everywhere))
    seen = set()
    for viewer in viewers:
        access = access_of_all(presentations, viewer, NOW)
        open_to_them, shown_to_them = downloadable(viewer), listed(viewer)
        for one in presentations:
            state = access[one.pk].state
            assert (state == "open") == (one.pk in open_to_them), (one.audience, viewer, access[one.pk])
            if one.pk not in shown_to_them:
                continue
            seen.add(state)
            after_signing_up, after_registering = one.pk in signed_up, one.pk in registered
            if state == "account":
                assert after_signing_up
            elif state == "registration":
                assert after_registering
                assert not after_signing_up
                assert one.edition.registration_is_open(NOW)
            elif state == "later":
                assert not after_registering
            elif state == "closed" and access[one.pk].is_public:
                assert not one.edition.registration_is_open(NOW)
                assert after_registering
    assert seen == {"open", "account", "registration", "later", "closed"}


class WordsTests(TestCase):
    def words(self, viewer=ANONYMOUS, at=NOW, **fields):
        edition = make_edition(
            time_zone="Europe/Tallinn", registration_closes_at=NOW - DAY, starts_on=NOW.date(), ends_on=None
        )
        return access_of(make_presentation(make_session(edition), **fields), viewer, at).words

    def test_each_way_in_has_its_words(self):
        self.assertEqual(self.words(), "Open")
        self.assertEqual(self.words(audience=Audience.MEMBERS), "Free account")
        self.assertEqual(self.words(audience=Audience.ATTENDEES), "For people who attended: log in")
        self.assertEqual(
            self.words(Viewer(make_user().pk), audience=Audience.ATTENDEES), "For people who attended"
        )
        self.assertEqual(self.words(opens_after_session=True), "After the session")

    def test_day_of_opening_is_that_of_the_edition_and_has_its_year_when_it_is_another(self):
        self.assertEqual(self.words(opens_at=datetime(2027, 3, 13, 22, 30, tzinfo=UTC)), "From 14 March")
        self.assertEqual(self.words(opens_at=datetime(2028, 3, 1, 9, 0, tzinfo=UTC)), "From 1 March 2028")

    def test_words_come_in_the_language_of_the_visitor(self):
        with translation.override("nl"):
            self.assertIn("14 maart", self.words(opens_at=datetime(2027, 3, 14, 9, 0, tzinfo=UTC)))

    def test_what_only_its_makers_see_is_marked(self):
        organiser = Viewer(make_organiser().pk, is_organiser=True)
        session = make_session(status=Session.Status.DRAFT)

        self.assertEqual(access_of(make_presentation(session), organiser).words, "Not public yet")
        self.assertEqual(
            access_of(make_presentation(session, status="draft"), organiser).words, "Not approved yet"
        )
        self.assertEqual(
            access_of(make_presentation(session, withdrawn_at=NOW), organiser).words, "Withdrawn"
        )

    def test_a_whole_list_takes_one_query(self):
        session = make_session()
        for count in (1, 3):
            presentations = [
                make_presentation(session, audience=Audience.ATTENDEES) for _each in range(count)
            ]
            with self.assertNumQueries(1):
                access_of_all(presentations, ANONYMOUS, NOW)


class ReleaseMomentTests(TestCase):
    def is_open(self, presentation, at):
        return may_download(presentation, ANONYMOUS, at)

    def assert_opens_at(self, presentation, moment):
        self.assertFalse(self.is_open(presentation, moment - timedelta(seconds=1)))
        self.assertTrue(self.is_open(presentation, moment))
        self.assertTrue(self.is_open(presentation, moment + timedelta(seconds=1)))

    def test_fixed_moment_is_kept_to_the_second(self):
        self.assert_opens_at(make_presentation(opens_at=NOW), NOW)

    def test_after_the_session_means_after_the_last_of_its_released_times(self):
        edition = make_edition(ends_on=NOW.date() + 9 * DAY)
        session = make_session(edition)
        release = make_release(edition)
        make_slot(session, NOW, minutes=60, release=release)
        make_slot(session, NOW + DAY, minutes=60, release=release)
        make_slot(session, NOW + 5 * DAY)  # the draft does not count

        self.assert_opens_at(
            make_presentation(session, opens_after_session=True), NOW + DAY + timedelta(minutes=60)
        )

    def test_night_of_summer_time_moves_nothing(self):
        """The clock jumps at 01:00 UTC; a session from 02:30 to 03:30 Brussels winter time ends at 01:30 UTC."""
        edition = make_edition(starts_on=NOW.date(), ends_on=NOW.date() + 60 * DAY)
        session = make_session(edition)
        make_slot(session, datetime(2027, 3, 28, 0, 30, tzinfo=UTC), 60, release=make_release(edition))

        self.assert_opens_at(
            make_presentation(session, opens_after_session=True), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
        )

    def test_without_a_time_it_opens_when_the_last_day_is_over_everywhere(self):
        edition = make_edition(starts_on=NOW.date(), ends_on=NOW.date())

        self.assert_opens_at(
            make_presentation(make_session(edition), opens_after_session=True),
            datetime(2027, 3, 11, 12, 0, tzinfo=UTC),
        )

    def test_edition_known_to_the_month_is_over_when_the_month_is(self):
        edition = make_edition(starts_on=NOW.date().replace(day=1), ends_on=None, date_precision="month")

        self.assert_opens_at(
            make_presentation(make_session(edition), opens_after_session=True),
            datetime(2027, 4, 1, 12, 0, tzinfo=UTC),
        )

    def test_both_conditions_hold_when_both_are_set(self):
        edition = make_edition(starts_on=NOW.date(), ends_on=NOW.date())
        late = datetime(2027, 5, 1, 0, 0, tzinfo=UTC)

        self.assert_opens_at(
            make_presentation(make_session(edition), opens_after_session=True, opens_at=late), late
        )

    def test_edition_without_a_date_keeps_it_closed(self):
        edition = make_edition(starts_on=None, ends_on=None)
        presentation = make_presentation(make_session(edition), opens_after_session=True)

        self.assertFalse(self.is_open(presentation, timezone.now() + 9999 * DAY))
