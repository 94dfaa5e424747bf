"""What every test may use, and what a test that cannot run means."""

import os
import shutil

import pytest
from django.utils import translation

IS_CI = os.environ.get("CI") == "true"
# Said by tests that read the published schemas and examples, which other people own and no checkout brings along.
NOT_OURS = "not beside the repository"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NEEDS = {
    "browser": (CHROMIUM, "Chromium is missing (apt-get install chromium)"),
    "gettext": (shutil.which("msgfmt"), "msgfmt is missing (apt-get install gettext)"),
}


@pytest.fixture(autouse=True)
def english():
    """A page in Dutch leaves its language behind; the next test, and the next class's rows, start in English again."""
    translation.activate("en")
    yield
    translation.activate("en")


def pytest_collection_modifyitems(config, items):
    """Tests for one kind of database are left out on the other; races and slow pages keep to one process."""
    other = "postgresql" if on_sqlite() else "sqlite"
    left_out = [item for item in items if item.get_closest_marker(other)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
    for item in items:
        for name, (found, reason) in NEEDS.items():
            if item.get_closest_marker(name) and not found:
                item.add_marker(pytest.mark.skip(reason=reason))


def on_sqlite():
    return not os.environ.get("DATABASE_URL", "").startswith("postgres")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """In CI a test that cannot run is a failure, unless it needs what is not ours to bring."""
    report = yield
    is_short = report.skipped and not hasattr(report, "wasxfail")
    if IS_CI and is_short and NOT_OURS not in str(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} could not run: {report.longrepr[2]}"
    return report
