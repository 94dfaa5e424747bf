"""Ranked choice for 300, 1,000 and 3,000 people: how long it takes, and how much better it is than first come."""

import random
import time
from collections import Counter

from registration.allocation import Choice, Person, Problem, allocate, figures

SIZES, ROUNDS, WORKSHOPS = (300, 1000, 3000), 3, 20
PLACES_FOR = 0.95  # of all people
MINIMUM = 0.4  # of the places of a workshop


def invented_round(people: int, seed: int) -> Problem:
    """Some workshops are wanted far more than others; everyone ranks three to six of them."""
    rng = random.Random(seed)
    names = [f"w{number}" for number in range(WORKSHOPS)]
    fame = {name: 1 / (rank + 1) for rank, name in enumerate(rng.sample(names, WORKSHOPS))}
    capacity = int(people * PLACES_FOR / WORKSHOPS)
    return Problem(
        tuple(Person(f"p{number}", ranked(rng, fame)) for number in range(people)),
        tuple(Choice(name, capacity, int(capacity * MINIMUM)) for name in names),
        f"seed {seed}",
    )


def ranked(rng: random.Random, fame: dict[str, float]) -> tuple[str, ...]:
    left, order = dict(fame), []
    for _rank in range(rng.randint(3, 6)):
        name = rng.choices(list(left), list(left.values()))[0]
        order.append(name)
        del left[name]
    return tuple(order)


def first_come(problem: Problem) -> Counter[int]:
    """People by the rank they get when all come in some order and take the best that is left; 0: none."""
    rng = random.Random(problem.seed)
    left = {choice.id: choice.capacity or 0 for choice in problem.workshops}
    got: Counter[int] = Counter()
    for person in rng.sample(problem.people, len(problem.people)):
        rank, name = next(((r, n) for r, n in enumerate(person.ranking, start=1) if left[n]), (0, ""))
        got[rank] += 1
        if name:
            left[name] -= 1
    return got


def allocating() -> int:
    """Print a line for each size; 1 when a round took longer than all three together may."""
    slow = 0
    for people in SIZES:
        took, fair, rushed = 0.0, Counter[int](), Counter[int]()
        for number in range(ROUNDS):
            problem = invented_round(people, number)
            begun = time.perf_counter()
            result = allocate(problem)
            took += time.perf_counter() - begun
            found = figures(problem, result)
            fair.update(found.by_rank)
            fair[0] += people - found.placed
            rushed.update(first_come(problem))
        print(
            f"allocation: {people:>5,} people × {WORKSHOPS} workshops × {ROUNDS} rounds in {took:.1f} s;"
            f" {said(fair)}; first come: {said(rushed)}",
            flush=True,
        )
        slow += took > 20
    return slow


def said(got: Counter[int]) -> str:
    people = sum(got.values())
    placed = {rank: count for rank, count in got.items() if rank}
    mean = sum(rank * count for rank, count in placed.items()) / sum(placed.values())
    return (
        f"{got[0] / people:.1%} without a place, {got[1] / people:.1%} first choice,"
        f" worst rank {max(placed)}, mean {mean:.2f}"
    )


if __name__ == "__main__":
    allocating()
