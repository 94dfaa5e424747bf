"""Recompute a published allocation from its data, and say whether the published result is right."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from registration.allocation import Problem, Result, allocate, figures


class Command(BaseCommand):
    help = "Recomputes the allocation in a file that the result page of a round offers. Needs no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the downloaded JSON file")
        parser.add_argument("--seed", help="with another seed than the published one")

    def handle(self, *args: Any, **options: Any) -> None:
        problem, published = read(options["file"], options["seed"])
        result = allocate(problem)
        found = figures(problem, result)
        self.stdout.write(f"{found.people} people, {found.placed} with a place, seed {problem.seed}")
        for rank, count in found.by_rank.items():
            self.stdout.write(f"choice {rank}: {count}")
        if published is None:
            return
        different = [one for one, place in result.places.items() if published.places.get(one) != place]
        if different or set(result.closed) != set(published.closed):
            raise CommandError(
                f"The published result is another one, for {len(different)} people: {different[:10]}"
            )
        self.stdout.write("The published result is the same for everybody.")


def read(file: Path, seed: str | None) -> tuple[Problem, Result | None]:
    """The problem, and the result that was published with it unless another seed is asked for."""
    try:
        data = json.loads(file.read_text())
        posed = data["problem"] | ({"seed": seed} if seed else {})
        published = Result.from_json(data["result"]) if "result" in data and not seed else None
        return Problem.from_json(posed), published
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CommandError(f"{file} cannot be read as the data of an allocation: {error}") from error
