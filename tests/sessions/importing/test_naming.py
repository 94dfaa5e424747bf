"""Names and addresses that are free, also in a file that says the same thing thousands of times."""

import uuid

import pytest

from sessions.services.importing import naming, plan_import, times
from tests.factories import make_edition
from tests.sessions.exchange.reading.samples import event, frab_json, read


class Counted(set):
    asked = 0

    def __contains__(self, name):
        self.asked += 1
        return super().__contains__(name)


def test_the_first_number_that_nobody_has_is_taken():
    taken = {"break"}

    found = [naming.numbered("Break", 80, taken, "-") for _turn in range(20)]

    assert found == [f"Break-{number}" for number in range(2, 22)]


def test_what_is_free_between_taken_names_may_be_used_but_never_a_taken_one():
    taken = {"hall", *(f"hall {number}" for number in (2, 3, 5, 8, 9))}
    before = set(taken)

    assert naming.numbered("Hall", 80, taken).casefold() not in before


def test_a_thousand_equal_titles_are_not_each_tried_again():
    taken = Counted()
    for _turn in range(1000):
        naming.numbered("break", 80, taken)

    assert taken.asked < 1000 * 25


@pytest.mark.django_db
def test_each_further_time_of_a_session_makes_one_guid(monkeypatch):
    made = []
    monkeypatch.setattr(times, "uuid5", lambda *words: made.append(words) or uuid.uuid5(*words))

    plan = plan_import(make_edition(), read(frab_json(*[event()] * 40)), publish=True)

    assert len({slot.row.guid for slot in plan.slots}) == 40
    assert len(made) < 100
