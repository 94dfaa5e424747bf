"""Bring a timetable of another house (frab XML or JSON, pretalx, CSV, XLSX) into an edition."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from conference.models import Edition
from sessions.exchange.reading import (
    MAX_BYTES,
    SHEETS,
    Reading,
    RefusedSchedule,
    by_words,
    format_of,
    read,
    sheet_in,
)
from sessions.services.importing import ChangedMeanwhile, Plan, plan_import, run_import
from sessions.services.importing.words import KINDS

EXAMPLE = "--mapping 'title=Titel,start=Begin,room=Zaal'"


class Command(BaseCommand):
    help = "Imports a timetable into the draft of an edition: all of it, or nothing. Run twice, it makes nothing twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", help="frab XML, frab or pretalx JSON, CSV or XLSX; recognised by content."
        )
        parser.add_argument("--edition", required=True, help="The address (slug) of the edition.")
        parser.add_argument("--dry-run", action="store_true", help="Only say what would happen.")
        parser.add_argument("--mapping", default="", help=f"What the columns of a sheet are: {EXAMPLE}")
        parser.add_argument(
            "--unpublished",
            action="store_true",
            help="New sessions wait as drafts instead of being published.",
        )

    def handle(self, *args: Any, file: str, edition: str, mapping: str, **options: Any) -> None:
        chosen = Edition.objects.filter(slug=edition).first()
        if not chosen:
            raise CommandError(f"There is no edition “{edition}”.")
        try:
            reading = reading_of(data_of(file), mapping, chosen)
            if options["dry_run"]:
                plan = plan_import(chosen, reading, publish=not options["unpublished"])
            else:
                plan = run_import(edition=chosen, reading=reading, publish=not options["unpublished"])
        except (RefusedSchedule, ChangedMeanwhile) as refusal:
            raise CommandError(f"Nothing was imported. {refusal}") from refusal
        self.tell(plan, options["verbosity"])
        self.stdout.write("Nothing was stored (--dry-run)." if options["dry_run"] else "Done.")

    def tell(self, plan: Plan, verbosity: int) -> None:
        for remark in plan.remarks.kept:
            self.stdout.write(f"! {remark}")
        if plan.remarks.dropped:
            self.stdout.write(f"! … and {plan.remarks.dropped} more remarks")
        for kind, changes in plan.shown_kinds().items():
            new = sum(change.is_new for change in changes)
            left = sum(change.is_left for change in changes)
            counts = f"{new} new, {len(changes) - new - left} changed, {left} left"
            self.stdout.write(f"{KINDS[kind]}: {counts}")
            for change in changes:
                if verbosity > 1 or not (change.is_new or change.is_left):
                    fields = "new" if change.is_new else ", ".join(change.words) or "left"
                    self.stdout.write(f"  {change.row}: {fields}")


def data_of(file: str) -> bytes:
    try:
        with Path(file).open("rb") as source:
            return source.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}") from error


def reading_of(data: bytes, mapping: str, edition: Edition) -> Reading:
    if not mapping or format_of(data) not in SHEETS:
        return read(data, zone=edition.zone)
    headers = sheet_in(data).headers
    try:
        return read(data, zone=edition.zone, mapping=by_words(mapping, headers))
    except RefusedSchedule:
        raise
    except ValueError as error:
        raise CommandError(
            f"“{error}” names no meaning or no column. The columns are: {', '.join(headers)}"
        ) from error
