"""The product's settings, with what only tests need."""

import os
import tempfile

os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="conference-tests-"))
os.environ.pop("SITE_URL", None)

from conference.settings import *  # noqa: E402, F403
from conference.settings import STORAGES as PRODUCT_STORAGES  # noqa: E402

STORAGES = {
    **PRODUCT_STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SIGNUP_RATE = "10000/h/ip"
ACCOUNT_RATE_LIMITS = False
