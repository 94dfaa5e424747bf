import pytest

from sessions.models import Appearance
from speakers.models import Speaker
from tests.factories import make_appearance, make_edition, make_session, make_speaker, make_user
from tests.sessions.exchange.reading.samples import csv, event
from tests.sessions.importing.test_rules import OTHER, bring

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make_edition()


def test_people_with_a_number_are_told_apart_and_without_one_known_by_name(edition):
    ada, other, bare = {"id": 1, "name": "Ada"}, {"id": 2, "name": "Ada"}, {"name": "Bo"}

    for _turn in range(2):
        bring(
            edition, event(persons=[ada, other, bare]), event(guid=OTHER, id=8, slug="b", persons=[bare, ada])
        )

    assert list(Speaker.objects.order_by("name").values_list("name", flat=True)) == ["Ada", "Ada", "Bo"]
    assert Appearance.objects.count() == 5


def test_a_speaker_entered_by_hand_is_known_by_name(edition):
    speaker = make_speaker("Ada")
    make_appearance(make_session(edition), speaker)

    for _turn in range(2):
        bring(edition, event())

    assert Speaker.objects.get() == speaker


def test_a_speaker_of_another_edition_is_not_taken_for_a_namesake(edition):
    make_appearance(make_session(), make_speaker("Ada"))

    bring(edition, event())

    assert Speaker.objects.count() == 2


def test_people_of_a_sheet_are_known_by_their_address(edition):
    speaker = make_speaker("A. Lovelace", email="ada@x.test", user=make_user())

    bring(edition, data=csv("title,speakers", "A,Ada <ADA@x.test>"))

    speaker.refresh_from_db()
    assert (Speaker.objects.count(), speaker.name) == (1, "A. Lovelace")


def test_who_has_an_account_keeps_the_own_profile(edition):
    person = {"id": 1, "name": "Ada", "biography": "From the file"}
    bring(edition, event(persons=[person]))
    Speaker.objects.update(user=make_user(), biography="My own words")

    bring(edition, event(persons=[person]))

    assert Speaker.objects.get().biography == "My own words"
