"""Bring a timetable of another house into an edition: planned first, shown, then stored whole or not at all."""

from sessions.services.importing.applying import ChangedMeanwhile, run_import
from sessions.services.importing.plan import Change, Plan
from sessions.services.importing.planning import plan_import

__all__ = ["Change", "ChangedMeanwhile", "Plan", "plan_import", "run_import"]
