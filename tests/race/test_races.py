"""However many press at the same moment, seats are given once, in order, and everyone is told the truth."""

import json
import re
import time
from collections import Counter
from functools import partial

import pytest

from tests.bench.site import run
from tests.race.crowd import all_at_once
from tests.race.database import bookings, chosen_by, held, places

pytestmark = pytest.mark.race

LOCK_TIMEOUT = 4  # seconds, of the product


def registering(person, edition):
    path, answers = form_of(edition)
    return partial(person.post, path, **answers)


def form_of(edition):
    """Where it goes, and what it says."""
    answers = {"role": "teacher", "consent": "on", "waiting_ok": str(edition["type"])}
    return f"/{edition['slug']}/register/", answers


def rush(people, edition, **patience):
    return all_at_once([registering(person, edition) for person in people], **patience)


def what_each_is_told(people, edition):
    """The position each person's own page names; 0 for a place."""
    pages = all_at_once([partial(person.get, f"/{edition['slug']}/my-registration/") for person in people])
    return [told(page) for _status, page in pages]


def told(page):
    if "You have a place." in page:
        return 0
    return int(re.search(r"You are number (\d+) on the waiting list", page)[1])


def test_200_people_at_once_for_25_places(site, people):
    answers = rush(people, site.rush)

    assert Counter(status for status, _page in answers) == {302: 200}
    rows = places(site.env, site.rush["pk"])
    assert Counter(status for _user, status, _number in rows) == {"confirmed": 25, "waiting": 175}
    assert [number for _user, _status, number in rows] == list(range(1, 201))
    assert {status for _user, status, _number in rows[:25]} == {"confirmed"}
    in_order = [user for user, status, _number in rows if status == "waiting"]
    expected = [in_order.index(user) + 1 if user in in_order else 0 for user in site.users]
    assert what_each_is_told(people, site.rush) == expected


def test_ten_clicks_at_once_give_one_place(site, people):
    answers = all_at_once([registering(people[0], site.double)] * 10)

    assert Counter(status for status, _page in answers) == {302: 10}
    assert len(places(site.env, site.double["pk"])) == 1


def test_a_seat_given_back_goes_to_the_head_of_the_queue_and_not_to_a_newcomer(site, people):
    edition = site.one_cancels
    head, newcomers = site.users[25], people[100:120]
    cancelling = partial(people[0].post, f"/{edition['slug']}/my-registration/cancel/")

    answers = all_at_once([cancelling, *(registering(person, edition) for person in newcomers)])

    assert {status for status, _page in answers} == {302}
    rows = places(site.env, edition["pk"])
    assert [user for user, status, _number in rows if status == "confirmed"] == [*site.users[1:25], head]
    assert len(rows) == 45


def test_ten_who_cancel_at_once_let_the_first_ten_in(site, people):
    edition = site.ten_cancel
    path = f"/{edition['slug']}/my-registration/cancel/"

    all_at_once([partial(person.post, path) for person in people[:10]])

    rows = places(site.env, edition["pk"])
    assert [user for user, status, _number in rows if status == "confirmed"] == site.users[10:20]
    assert [user for user, status, _number in rows if status == "waiting"] == site.users[20:25]


def test_two_workshops_at_the_same_time_give_nobody_both(site, people):
    edition = site.parallel
    paths = [f"/{edition['slug']}/workshops/{slug}/book/" for slug in edition["workshops"]]

    answers = all_at_once(
        [partial(person.post, path, waiting_ok="1") for person in people[:40] for path in paths]
    )

    assert Counter(status for status, _page in answers) == {302: 40, 409: 40}
    assert all("At the same time you have" in page for status, page in answers if status == 409)
    taken = bookings(site.env, edition["pk"])
    assert Counter(Counter(registration for registration, *_rest in taken).values()) == {1: 40}
    per_workshop = Counter(workshop for _registration, workshop, _status in taken)
    confirmed = Counter(workshop for _registration, workshop, status in taken if status == "confirmed")
    assert confirmed == {workshop: min(15, count) for workshop, count in per_workshop.items()}


def choosing_fish(people, edition):
    path = f"/{edition['slug']}/my-registration/edit/"
    fish = {"role": "teacher", f"question_{edition['question']}": str(edition["fish"])}
    return all_at_once([partial(person.post, path, **fish) for person in people[:40]])


def test_ten_of_forty_who_want_fish_at_once_get_it_and_the_others_are_asked_again(site, people):
    told = choosing_fish(people, site.lunches)

    assert Counter(status for status, _page in told) == {302: 10, 200: 30}
    assert all("“fish” is full." in page for status, page in told if status == 200)
    assert chosen_by(site.env, site.lunches["fish"]) == 10


def test_organisers_who_release_at_once_get_a_number_each_and_one_is_the_latest(site):
    told = json.loads(run(site.env, "-m", "tests.race.releasing", str(site.double["pk"])))

    assert told == {"numbers": [1, 2, 3, 4, 5, 6], "latest": [6], "slots": [2] * 6, "guids": 2}


STEPS = {
    "register", "cancel", "book", "swap", "give_back", "move", "move_by_organiser", "raise_places", "lower_places",
    "delete_user",
}  # fmt: skip


def walk(env, edition, steps):
    threads, pool = "20", {"DATABASE_POOL": "30"}  # each has a connection of its own
    return json.loads(run(env | pool, "-m", "tests.race.walking", threads, str(steps), str(edition)))


def test_whatever_twenty_people_do_at_once_breaks_no_rule_at_any_moment(site):
    told = walk(site.env, site.walks[0], steps=2000)

    assert told["wrong"] == []
    assert set(told["outcomes"]) >= STEPS
    assert told["looks"] > 1


@pytest.mark.postgresql
def test_without_row_locks_the_same_walk_breaks_rules(site):
    unlocked = site.env | {"DJANGO_SETTINGS_MODULE": "tests.race.unlocked_settings"}

    assert any(walk(unlocked, edition, steps=300)["wrong"] for edition in site.walks[1:])


@pytest.mark.postgresql
def test_without_row_locks_the_same_rush_oversells(site, people_without_protection):
    rounds = (confirmed_after_rush(site, people_without_protection, edition) for edition in site.unlocked)
    assert any(confirmed > 25 for confirmed in rounds)


def confirmed_after_rush(site, people, edition):
    answers = rush(people[:60], edition)
    assert Counter(status for status, _page in answers) == {302: 60}
    rows = places(site.env, edition["pk"])
    return sum(status == "confirmed" for _user, status, _number in rows)


@pytest.mark.postgresql
def test_without_row_locks_more_than_ten_get_fish(site, people_without_protection):
    for edition in site.unlocked_lunches:
        choosing_fish(people_without_protection, edition)

    assert any(chosen_by(site.env, edition["fish"]) > 10 for edition in site.unlocked_lunches)


@pytest.mark.sqlite
def test_without_the_immediate_transaction_requests_of_the_same_rush_fail(site, people_without_protection):
    answers = rush(people_without_protection[:60], site.unlocked[0], is_patient=False)

    assert Counter(status for status, _page in answers)[503] > 0


@pytest.mark.postgresql
def test_a_lock_that_does_not_come_is_answered_in_time_and_saves_nothing(site, people):
    edition = site.locked
    usual = seconds_of(partial(people[0].get, f"/{edition['slug']}/register/"))[0]
    with held(site.env, "SELECT 1 FROM registration_registrationtype FOR UPDATE"):
        waited, (status, page) = seconds_of(registering(people[0], edition))

    assert (status, "Please try again" in page) == (503, True)
    assert waited < LOCK_TIMEOUT + 2 + 5 * usual  # a slow machine is slow at everything
    assert places(site.env, edition["pk"]) == []


def seconds_of(action):
    """How long it took, and what was answered."""
    started = time.monotonic()
    answer = action()
    return time.monotonic() - started, answer
