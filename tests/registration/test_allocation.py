"""Ranked choice: nobody can find a better result, and everyone finds the same."""

import itertools
import json
import random
from collections import Counter
from types import SimpleNamespace

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from registration.allocation import Better, Choice, Person, Placement, Problem, Result, allocate, figures, why
from registration.allocation.solving import lot


def problem(rankings, workshops, seed="seed"):
    """Rankings as "ann: abc", workshops as "a2 b1 c" (places) or "a2>1" (with a minimum)."""
    people = [line.replace(":", " ").split() for line in rankings]
    choices = [word.partition(">") for word in workshops.split()]
    return Problem(
        tuple(Person(name, tuple("".join(ranked))) for name, *ranked in people),
        tuple(
            Choice(place[0], int(place[1:]) if place[1:] else None, int(least or 0))
            for place, _sign, least in choices
        ),
        seed,
    )


def workshops_of(result):
    return {person: place.workshop for person, place in result.places.items()}


def worth(case, places):
    """What is compared, the better the smaller: left out, worst rank, sum of ranks, sum of lots."""
    ranks = [person.ranking.index(places[person.id]) + 1 for person in case.people if places[person.id]]
    lots = sum(lot(case.seed, person.id, places[person.id] or "") for person in case.people)
    return (len(case.people) - len(ranks), max(ranks, default=0), sum(ranks), lots)


def best_by_trying_everything(case):
    """Every possible result of a problem without minimum and without anybody fixed, and the best of them."""
    limits = {choice.id: choice.capacity for choice in case.workshops}
    wishes = [(*(name for name in person.ranking if name in limits), None) for person in case.people]
    possible = []
    for chosen in itertools.product(*wishes):
        filled = Counter(name for name in chosen if name)
        if all(limits[name] is None or count <= limits[name] for name, count in filled.items()):
            possible.append(dict(zip([person.id for person in case.people], chosen, strict=True)))
    return min(possible, key=lambda places: worth(case, places))


def closed_by_trying_everything(case):
    """What is closed for lack of people, one after the other, and where everybody is in the end."""
    fixed = Counter(person.fixed for person in case.people if person.fixed)
    free = tuple(person for person in case.people if person.fixed is None)
    rest = tuple(
        Choice(one.id, None if one.capacity is None else max(0, one.capacity - fixed[one.id]), one.minimum)
        for one in case.workshops
    )
    closed = []
    while True:
        running = [one for one in rest if one.id not in closed]
        places = best_by_trying_everything(SimpleNamespace(people=free, workshops=running, seed=case.seed))
        lacking = {
            one.id: one.minimum - [*places.values()].count(one.id) for one in running if not fixed[one.id]
        }
        most = max(lacking.values(), default=0)
        if most <= 0:
            return closed, places | {
                one.id: one.fixed or None for one in case.people if one.fixed is not None
            }
        closed.append(
            min((lot(case.seed, name), name) for name, count in lacking.items() if count == most)[1]
        )


ZERO, NEVER = st.just(0), st.just(False)


@st.composite
def small_problems(draw, minimum=ZERO, fixed=NEVER):
    names = "abcd"[: draw(st.integers(1, 4))]
    workshops = tuple(Choice(name, draw(st.none() | st.integers(0, 2)), draw(minimum)) for name in names)
    rankings = st.permutations(names).flatmap(
        lambda order: st.integers(1, len(names)).map(lambda length: tuple(order[:length]))
    )
    people = tuple(
        Person(f"p{number}", draw(rankings), draw(st.sampled_from(["", *names])) if draw(fixed) else None)
        for number in range(draw(st.integers(1, 5)))
    )
    return Problem(people, workshops, draw(st.sampled_from(["one", "two", "three"])))


closing_problems = small_problems(minimum=st.integers(0, 3), fixed=st.integers(0, 4).map(lambda n: n == 0))


class AllocateTests(SimpleTestCase):
    def test_everyone_gets_the_first_choice_when_there_is_room(self):
        case = problem(["ann: ab", "ben: ba"], "a1 b1")

        self.assertEqual(workshops_of(allocate(case)), {"ann": "a", "ben": "b"})

    def test_placing_one_more_comes_before_first_choices(self):
        case = problem(["ann: ab", "ben: a"], "a1 b1")

        self.assertEqual(workshops_of(allocate(case)), {"ann": "b", "ben": "a"})

    def test_worst_rank_comes_before_the_sum_of_ranks(self):
        # By the sum alone cas would get the fourth choice: 1 + 1 + 4 is less than 3 + 3 + 1.
        case = problem(["ann: azb", "ben: bzc", "cas: azyd"], "a1 b1 c1 d1 y0 z0")

        self.assertEqual(workshops_of(allocate(case)), {"ann": "b", "ben": "c", "cas": "a"})

    def test_sum_of_ranks_decides_among_equal_worst_ranks(self):
        case = problem(["ann: ab", "ben: ab", "cas: ba"], "a2 b1")

        self.assertEqual(workshops_of(allocate(case)), {"ann": "a", "ben": "a", "cas": "b"})

    @settings(max_examples=120, deadline=None, derandomize=True)
    @given(small_problems())
    def test_no_result_is_better(self, case):
        best = best_by_trying_everything(case)

        self.assertEqual(worth(case, workshops_of(allocate(case))), worth(case, best))

    def test_order_of_people_and_workshops_makes_no_difference(self):
        rng = random.Random(7)
        names = "abcdefgh"
        people = [Person(f"p{n}", tuple(rng.sample(names, rng.randint(1, 5)))) for n in range(60)]
        workshops = [Choice(name, 6, 3) for name in names]
        first = allocate(Problem(tuple(people), tuple(workshops), "x"))

        rng.shuffle(people)
        rng.shuffle(workshops)

        again = allocate(Problem(tuple(people), tuple(workshops), "x"))
        self.assertEqual((again.places, again.closed), (first.places, first.closed))

    def test_seed_decides_between_equals(self):
        rankings = [f"p{number}: a" for number in range(8)]
        winners = {
            next(name for name, got in workshops_of(allocate(problem(rankings, "a1", seed))).items() if got)
            for seed in ("1", "2", "3", "4", "5", "6")
        }

        self.assertGreater(len(winners), 1)

    def test_lots_are_those_that_anyone_computes(self):
        # printf 'seed\nann\na' | sha256sum, the first six digits
        self.assertEqual(lot("seed", "ann", "a"), 0x2ADBF0)

    def test_workshop_without_limit_takes_everyone(self):
        case = problem([f"p{number}: ab" for number in range(9)], "a b1")

        self.assertEqual(set(workshops_of(allocate(case)).values()), {"a"})

    def test_reasons_say_why_somebody_has_no_place(self):
        case = problem(["ann: a", "ben: a", "cas:", "dan: c"], "a1 c5>2")

        reasons = Counter(place.reason for place in allocate(case).places.values())

        self.assertEqual(reasons, {"ranked": 1, "full": 1, "clash": 1, "closed": 1})

    def test_nobody_chose(self):
        self.assertEqual(allocate(problem(["ann:"], "a1")).places, {"ann": Placement(None, None, "clash")})
        self.assertEqual(allocate(problem([], "a1")).places, {})


class MinimumTests(SimpleTestCase):
    def test_workshop_below_its_minimum_is_closed_and_its_people_placed_elsewhere(self):
        case = problem(["ann: ab", "ben: b", "cas: b"], "a5>2 b5>2")

        result = allocate(case)

        self.assertEqual(result.closed, ("a",))
        self.assertEqual(workshops_of(result), {"ann": "b", "ben": "b", "cas": "b"})

    def test_the_one_that_lacks_most_is_closed_first_and_may_save_the_other(self):
        case = problem(["ann: ab", "ben: ba", "cas: b"], "a5>4 b5>3")

        self.assertEqual(allocate(case).closed, ("a",))

    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(closing_problems)
    def test_what_is_closed_and_who_is_where_is_what_trying_everything_finds(self, case):
        result = allocate(case)

        closed, places = closed_by_trying_everything(case)

        self.assertEqual((list(result.closed), workshops_of(result)), (closed, places))

    def test_workshop_in_which_an_organiser_fixed_somebody_stays_open(self):
        case = Problem((Person("ann", ("a",), fixed="a"),), (Choice("a", 5, 3),))

        self.assertEqual(allocate(case).closed, ())


class FixedTests(SimpleTestCase):
    def test_fixed_people_take_places_first_and_may_overbook(self):
        people = (Person("ann", (), "a"), Person("ben", ("b",), "a"), Person("cas", ("a", "b")))
        result = allocate(Problem(people, (Choice("a", 1), Choice("b", 1))))

        self.assertEqual(workshops_of(result), {"ann": "a", "ben": "a", "cas": "b"})
        self.assertEqual(result.places["ann"], Placement("a", None, "fixed"))

    def test_fixed_nowhere_leaves_the_place_to_others(self):
        people = (Person("ann", ("a",), ""), Person("ben", ("a",)))

        self.assertEqual(
            workshops_of(allocate(Problem(people, (Choice("a", 1),)))), {"ann": None, "ben": "a"}
        )


class WritingDownTests(SimpleTestCase):
    def test_problem_and_result_read_back_as_they_were(self):
        case = Problem(
            (Person("ann", ("a", "b")), Person("ben", (), "")), (Choice("a"), Choice("b", 2, 1)), "s"
        )
        result = allocate(case)

        self.assertEqual(Problem.from_json(json.loads(json.dumps(case.as_json()))), case)
        self.assertEqual(Result.from_json(json.loads(json.dumps(result.as_json()))), result)

    def test_what_cannot_be_is_refused(self):
        for people, workshops in [
            ((Person("ann"), Person("ann")), (Choice("a"),)),
            ((Person("ann", ("a", "a")),), (Choice("a"),)),
            ((Person("ann", ("b",)),), (Choice("a"),)),
            ((Person("ann", (), "b"),), (Choice("a"),)),
            ((), (Choice("a", -1),)),
        ]:
            with self.subTest(people=people, workshops=workshops), self.assertRaises(ValueError):
                Problem(people, workshops)


class FiguresTests(SimpleTestCase):
    def test_figures_count_by_rank(self):
        case = problem(["ann: ab", "ben: ab", "cas: ab"], "a1 b1")

        found = figures(case, allocate(case))

        self.assertEqual(
            (found.people, found.placed, found.by_rank, found.unplaced, found.worst_rank, found.sum_of_ranks),
            (3, 2, {1: 1, 2: 1}, {"full": 1}, 2, 3),
        )

    def test_why_names_what_was_wanted_more_and_who_has_it(self):
        case = problem(["ann: ca", "ben: a", "dan: cab"], "a1 b1 c3>5")
        result = allocate(case)

        self.assertEqual(
            why(case, result, "dan"),
            (Better("c", 1, True, {}, 0), Better("a", 2, False, {1: 1}, 0)),
        )
