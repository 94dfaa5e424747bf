"""What every answer carries, and what no request may carry."""

import pytest

from tests.factories import make_user

WITH_FORMS = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/key/1-nothing-here/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("address", WITH_FORMS)
def test_an_answer_that_sets_a_cookie_is_kept_by_nobody(client, address):
    response = client.get(address)

    assert "csrf" in response.cookies
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_whoever_logged_out_is_told_so_at_once_on_a_page_kept_by_nobody(client):
    client.force_login(make_user())
    client.post("/accounts/logout/")

    response = client.get("/editions/")

    assert "You are logged out." in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_pages_for_everyone_may_be_kept_for_a_minute_and_set_no_cookie(client):
    response = client.get("/editions/")

    assert not response.cookies
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=30"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/livez", "/readyz"])
def test_whether_the_site_is_well_is_asked_anew_each_time(client, address):
    assert "no-store" in client.get(address)["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["TRACE", "FOO", "PUT", "DELETE", "PATCH"])
def test_methods_the_site_has_no_use_for_are_refused(client, method):
    response = client.generic(method, "/")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/editions", "/nothing-here/", "/?x=%00", "/livez"])
def test_pages_redirects_and_refusals_carry_the_same_headers(client, address):
    response = client.get(address)

    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Permissions-Policy"]
