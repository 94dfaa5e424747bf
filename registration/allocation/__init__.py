"""Ranked choice: who gets which workshop, decided so that anyone can recompute it."""

from registration.allocation.figures import Better, Figures, figures, why
from registration.allocation.problem import Choice, Person, Placement, Problem, Result
from registration.allocation.solving import allocate

__all__ = [
    "Better",
    "Choice",
    "Figures",
    "Person",
    "Placement",
    "Problem",
    "Result",
    "allocate",
    "figures",
    "why",
]
