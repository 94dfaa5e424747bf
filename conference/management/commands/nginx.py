"""Print the configuration of nginx for this site."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from conference.management.proxy import Places, configuration


class Command(BaseCommand):
    help = "Print the configuration of nginx in front of this site, from deploy/nginx.conf and the settings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        live = f"/etc/letsencrypt/live/{settings.SITE_HOST}"
        parser.add_argument("--server", default=settings.BIND, help="where nginx finds the site")
        parser.add_argument("--certificate", default=f"{live}/fullchain.pem")
        parser.add_argument("--key", default=f"{live}/privkey.pem")
        parser.add_argument("--cache", default="/var/lib/nginx/conference", help="a folder nginx makes")
        parser.add_argument("--http", nargs="+", default=["80", "[::]:80"])
        parser.add_argument("--https", nargs="+", default=["443", "[::]:443"])

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_PUBLIC:
            raise CommandError("Set SITE_URL=https://… first: nginx is for a site that others can reach.")
        places = Places(**{name: options[name] for name in Places.__dataclass_fields__})
        self.stdout.write(configuration(places))
