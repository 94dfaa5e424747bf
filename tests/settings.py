"""The product's settings, with what only tests need."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# A folder of their own, whatever the caller has set; each of several parallel test processes has its part of it.
if "TESTS_DATA_DIR" not in os.environ:
    os.environ["TESTS_DATA_DIR"] = tempfile.mkdtemp(prefix="conference-tests-")
    atexit.register(shutil.rmtree, os.environ["TESTS_DATA_DIR"], ignore_errors=True)
for name in (
    "SITE_URL",
    "PORT",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "EMAIL_URL",
    "STAFF_SECOND_FACTOR",
    "MACHINES",
):
    os.environ.pop(name, None)
for name in (
    "X_ACCEL_PREFIX",
    "CLAMAV_ADDRESS",
    "TIME_ZONE",
    "TRUSTED_PROXIES",
    "DEMO",
    "ORGANISER_EMAIL",
    "LIBREOFFICE",
    "SECURITY_CONTACT",
    "S3_URL",
    "S3_PUBLIC_URL",
    "REDIS_URL",
    "SENTRY_DSN",
    "METRICS_TOKEN",
    "UNUSED_ACCOUNT_YEARS",
    "ADMIN_PATH",
):
    os.environ.pop(name, None)
os.environ["DATA_DIR"] = str(
    Path(os.environ["TESTS_DATA_DIR"], os.environ.get("PYTEST_XDIST_WORKER", "alone"))
)

from conference.settings import *  # noqa: E402, F403
from conference.settings import STATIC_ROOT  # noqa: E402
from conference.settings import STORAGES as PRODUCT_STORAGES  # noqa: E402

Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)
STORAGES = {
    **PRODUCT_STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SIGNUP_RATE = "10000/h/ip"
ACCOUNT_RATE_LIMITS = False
PAGES_KEPT_MB = 0  # a test changes rows and looks at once; kept pages have tests of their own
STAFF_SECOND_FACTOR = False  # has tests of its own; elsewhere an organiser just logs in
