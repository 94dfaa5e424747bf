"""Before a site is let out, it is told which of its settings make it work by half."""

import os
import re
import subprocess
import sys
from datetime import date, time
from pathlib import Path

import pytest
from django.apps import apps

from conference.checks import check_settings
from tests.test_settings import GOOD

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = GOOD | {"TRUSTED_PROXIES": "1", "SECURITY_CONTACT": "security@conference.example"}
SAY = """
import django; django.setup()
from django.core.checks import run_checks
print(*(f"{one.id} {one.msg}" for one in run_checks(include_deployment_checks=True)), sep="\\n")
"""


def said(tmp_path, **changes):
    """What all checks say to a site with these variables, its own and Django's."""
    env = {
        **COMPLETE,
        **changes,
        "DATA_DIR": changes.get("DATA_DIR", str(tmp_path)),
        "PATH": os.environ["PATH"],
    }
    env["DJANGO_SETTINGS_MODULE"] = "conference.settings"
    done = subprocess.run(
        [sys.executable, "-c", SAY], env=env, cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_a_complete_site_is_told_nothing(tmp_path):
    assert said(tmp_path) == ""


def test_nothing_is_said_that_depends_on_the_hour():
    """Django takes a fixed moment for a mistake, for the ten seconds around it and never else."""
    fields = [field for model in apps.get_models() for field in model._meta.get_fields()]
    moments = [str(field) for field in fields if isinstance(getattr(field, "default", None), date | time)]
    assert moments == []


def test_without_a_contact_for_weaknesses_there_is_a_word_and_no_warning(tmp_path):
    assert said(tmp_path, SECURITY_CONTACT="").startswith("conference.I001 SECURITY_CONTACT is not set")


def test_a_site_for_this_machine_is_told_first_that_it_is_one(tmp_path):
    assert "conference.W001 SITE_URL is http://localhost:8000" in said(
        tmp_path, SITE_URL="http://localhost:8000"
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"SITE_URL": "https://conference.example/2027"}, "E001 SITE_URL is https://conference.example/2027"),
        ({"ALLOWED_HOSTS": "www.conference.example"}, "E002 ALLOWED_HOSTS does not name conference.example"),
        ({"ALLOWED_HOSTS": ".conference.example"}, "W002 ALLOWED_HOSTS lets every name"),
        ({"TRUSTED_PROXIES": "0"}, "W003 TRUSTED_PROXIES is 0"),
        ({"PROXY_ADDRESSES": "10.0.0.1,nginx"}, "E003 PROXY_ADDRESSES: nginx"),
        ({"PROXY_ADDRESSES": "10.0.0.1,::/0"}, "E004 PROXY_ADDRESSES believes everybody"),
        ({"PROXY_ADDRESSES": ""}, "E005 TRUSTED_PROXIES counts a proxy"),
        ({"EMAIL_URL": "consolemail://"}, "E006 EMAIL_URL leads to no mail server"),
        ({"EMAIL_URL": "smtp://me:secret@mail.example:25"}, "W004 EMAIL_URL sends its password"),
        ({"DEFAULT_FROM_EMAIL": "The conference"}, "W005 DEFAULT_FROM_EMAIL is The conference"),
        ({"DATA_DIR": str(ROOT / "static")}, "E007 The private files in"),
        ({"X_ACCEL_PREFIX": "/media/"}, "E008 X_ACCEL_PREFIX is /media/"),
        ({"X_ACCEL_PREFIX": "private"}, "E008 X_ACCEL_PREFIX is private"),
        ({"WEB_WORKERS": "0"}, "E009 WEB_WORKERS is 0"),
        ({"SPEAKER_QUOTA_MB": "10"}, "W006 SPEAKER_QUOTA_MB is less"),
        ({"SIGNUP_RATE": "many"}, "E010 SIGNUP_RATE is many"),
        ({"ADMIN_PATH": "accounts"}, "E012 ADMIN_PATH is accounts"),
        ({"SECURITY_CONTACT": "the porter"}, "E011 SECURITY_CONTACT: the porter"),
        ({"SECURITY_CONTACT": "http://conference.example"}, "E011 SECURITY_CONTACT: http://"),
    ],
)  # fmt: skip
def test_what_works_by_half_is_said_alone(tmp_path, change, words):
    """One wrong setting, one sentence: none is said twice, by us or by Django."""
    lines = said(tmp_path, **change).splitlines()

    assert len(lines) == 1, lines
    assert lines[0].startswith(f"conference.{words}")


def test_a_socket_needs_no_address_to_believe(tmp_path):
    assert said(tmp_path, PROXY_ADDRESSES="", BIND="unix:/run/conference/web.sock") == ""


def test_every_sentence_has_a_number_of_its_own():
    ids = re.findall(r'id="(conference\.\w+)"', (ROOT / "conference/checks.py").read_text())

    assert len(ids) == len(set(ids)) == 19


def test_private_and_public_files_in_one_folder_are_found_wherever_they_were_moved(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "private": settings.STORAGES["private"] | {"OPTIONS": {"location": tmp_path / "media" / "private"}}
    }
    settings.MEDIA_ROOT = tmp_path / "media"

    assert "conference.E007" in [one.id for one in check_settings()]
