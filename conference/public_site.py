"""What a site that faces the internet must have before it starts; what may be mended later is said by `checks`."""

import re
from collections.abc import Mapping
from typing import Any


def refusals(settings: Mapping[str, Any]) -> list[str]:
    """Why a site with these settings does not start, in sentences; none when it may."""
    if not settings["SITE_URL"].startswith(("http://", "https://")):
        return ["SITE_URL must begin with https://, or on this machine with http://, in small letters."]
    if not re.fullmatch(r"[A-Za-z0-9_-]+", settings["ADMIN_PATH"]):
        return ["ADMIN_PATH must be one word of letters, digits, “-” and “_”, without slashes."]
    return refusals_in_public(settings) if settings["IS_PUBLIC"] else []


def refusals_in_public(settings: Mapping[str, Any]) -> list[str]:
    found = []
    if not settings["SECRET_KEY"]:
        found.append("SECRET_KEY is missing: a public site may not run on a generated key.")
    elif len(settings["SECRET_KEY"]) < 50:
        found.append("SECRET_KEY is too short: give it at least 50 random characters.")
    if not settings["ALLOWED_HOSTS"] or "*" in settings["ALLOWED_HOSTS"]:
        found.append("ALLOWED_HOSTS must name the hosts of the site, without a star.")
    if not settings["EMAIL_URL"]:
        found.append("EMAIL_URL is missing: a public site must be able to send mail.")
    if not settings["STAFF_SECOND_FACTOR"]:
        found.append("STAFF_SECOND_FACTOR=no is only for trying out on this machine, not for a public site.")
    if settings["MACHINES"] > 1 and settings["DATABASES"]["default"]["ENGINE"].endswith("sqlite3"):
        found.append("SQLite serves one machine: set DATABASE_URL to a PostgreSQL for more.")
    return found
