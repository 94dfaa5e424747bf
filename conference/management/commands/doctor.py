"""Is this installation well? In plain words, for whoever runs it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conference.management.examining import examine, send_test_mail


class Command(BaseCommand):
    help = "Says what is wrong with this installation and what to do; with --mail it sends a test mail."
    requires_system_checks = ()  # it must also work where those stop

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mail", metavar="ADDRESS", help="send a test mail to this address")

    def handle(self, *args: Any, mail: str | None, **options: Any) -> None:
        count = 0
        findings = [*examine(), *([send_test_mail(mail)] if mail else [])]
        for finding in findings:
            count += finding.is_wrong
            self.stdout.write(f"{'WRONG' if finding.is_wrong else 'ok   '}  {finding.part}: {finding.words}")
        if count:
            raise CommandError(f"{count} of {len(findings)} need somebody.")
