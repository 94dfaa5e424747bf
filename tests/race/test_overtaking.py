"""Two at once, one as slow as can be between reading and writing: locks let nobody overtake, and without them it goes wrong."""

import json

import pytest

from tests.bench.site import run

pytestmark = pytest.mark.race

LOCK = ""
# What is left when the locks are out: nothing, or a constraint of the database.
PROTECTED_BY = {
    "approving_two_for_one_place": LOCK,
    "approving_and_refusing_the_same": LOCK,
    "placing_the_same_on_purpose": LOCK,
    "placing_and_booking_at_one_time": LOCK,
    "moving_two_to_one_place": LOCK,
    "moving_and_registering_for_one_place": LOCK,
    "registering_with_two_kinds": "one_registration_at_an_edition",
    "colleagues_and_somebody_for_two_places": LOCK,
    "claiming_by_two": LOCK,
    "claiming_and_withdrawing": LOCK,
    "claiming_and_cancelling": LOCK,
    "handing_over_and_cancelling": LOCK,
    "claiming_two_kinds_by_one": "one_registration_at_an_edition",
    "choosing_the_last_fish": LOCK,
    "ranking_and_computing": LOCK,
    "ranking_in_two_windows": LOCK,
    "publishing_two_results": "one_booking_in_a_workshop",
    "issuing_to_everybody_twice": "certificate_number_once_in_an_edition",
    "issuing_to_everybody_and_by_hand": "certificate_number_once_in_an_edition",
    "dealing_out_twice": "one_group_of_a_session",
    "scanning_and_issuing_anew": LOCK,
    "scanning_and_claiming": LOCK,
    "printing_and_issuing_anew": LOCK,
    "reminding_twice": LOCK,
    "reminding_at_the_moment_and_by_hand": LOCK,
    "adding_two_parts": LOCK,
    "moving_and_removing_parts": LOCK,
    "ordering_what_another_ordered": LOCK,
    "bringing_in_the_same_attendees_twice": LOCK,
    "bringing_in_the_same_speakers_twice": LOCK,
    "sending_a_letter_twice": "each_gets_a_letter_once",
    "stopping_a_letter_while_it_is_written": LOCK,
}
SHORT, LONG = (
    "0.15",
    "10",
)  # seconds of patience: where nobody gets past anyway, and where somebody surely does


def played(env, patience):
    return json.loads(run(env, "-m", "tests.race.overtaking", patience))


@pytest.fixture(scope="module")
def with_locks(site):
    return played(site.env, SHORT)


@pytest.fixture(scope="module")
def without_locks(site):
    return played(site.env | {"DJANGO_SETTINGS_MODULE": "tests.race.unlocked_settings"}, LONG)


def test_every_scene_stands_in_the_table(with_locks):
    assert list(with_locks) == list(PROTECTED_BY)


@pytest.mark.parametrize("scene", PROTECTED_BY)
def test_both_are_told_the_truth_and_nothing_is_given_twice(scene, with_locks):
    assert [one["wrong"] for one in with_locks[scene]] == [[] for _one in with_locks[scene]]


@pytest.mark.parametrize("scene", [name for name, protects in PROTECTED_BY.items() if protects == LOCK])
def test_nobody_is_overtaken(scene, with_locks):
    assert not any(one["is_overtaken"] for one in with_locks[scene])


@pytest.mark.postgresql
@pytest.mark.parametrize("scene", PROTECTED_BY)
def test_without_row_locks_it_goes_wrong_or_the_constraint_refuses(scene, without_locks):
    ways, constraint = without_locks[scene], PROTECTED_BY[scene]

    assert all(one["is_overtaken"] for one in ways)
    if constraint:
        assert {one["constraint"] for one in ways} == {constraint}
    else:
        assert any(one["wrong"] for one in ways)


@pytest.mark.sqlite
@pytest.mark.parametrize("scene", PROTECTED_BY)
def test_without_the_immediate_transaction_the_slow_one_fails(scene, without_locks):
    assert all("OperationalError" in one["told"] for one in without_locks[scene])
