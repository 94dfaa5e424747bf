"""A browser that sends a file through nginx: what is too large is said beside the form, which stays as it was."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ARGUMENTS
from tests.conftest import CHROMIUM
from tests.proxy.site import HOST

pytestmark = [pytest.mark.race, pytest.mark.nginx, pytest.mark.postgresql, pytest.mark.browser]

MEGABYTE = 1024**2


@pytest.fixture
def page(server):
    from playwright.sync_api import sync_playwright

    there = f"--host-resolver-rules=MAP {HOST} 127.0.0.1:{server.https}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, there])
        context = browser.new_context(
            base_url=f"https://{HOST}", ignore_https_errors=True, locale="en-GB", service_workers="block"
        )
        yield context.new_page()
        browser.close()


def test_a_file_that_is_too_large_is_said_beside_the_form(server, page, tmp_path):
    (tmp_path / "film.pdf").write_bytes(b"%PDF-1.7 " + bytes(60 * MEGABYTE))
    page.goto(server.at.upload)
    page.get_by_label("File").set_input_files(tmp_path / "film.pdf")
    page.get_by_label("Title").fill("A long film")
    page.get_by_role("button", name="Submit for approval").click()

    expect(page.locator(".upload-status")).to_contain_text("at most 50 MB", timeout=30_000)
    expect(page.get_by_label("Title")).to_have_value("A long film")
