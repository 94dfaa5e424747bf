"""What a visitor sees when the site itself is in trouble."""

import pytest
from django.db import InterfaceError, OperationalError, connection


@pytest.fixture
def visitor(client):
    client.raise_request_exception = False
    return client


def away(execute, sql, params, many, context):
    raise OperationalError("database is locked")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "trouble", [OperationalError("server closed the connection"), InterfaceError("closed")]
)
@pytest.mark.parametrize("address", ["/", "/nl/editions/", "/accounts/login/", "/nothing-here/"])
def test_without_a_database_every_page_asks_to_come_back(visitor, address, trouble):
    def silent(execute, sql, params, many, context):
        raise trouble

    with connection.execute_wrapper(silent):
        response = visitor.get(address)

    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "no-store" in response["Cache-Control"]
    assert "closed" not in response.content.decode()


@pytest.mark.django_db
def test_what_the_database_knows_is_not_asked_while_it_is_away():
    """Django would remember a no, and the process would break every page that needs JSON from then on."""
    fresh = connection.copy()
    try:
        fresh.ensure_connection()
        with fresh.execute_wrapper(away):
            assert fresh.features.supports_json_field
    finally:
        fresh.close()


@pytest.mark.django_db
def test_a_mistake_of_our_own_is_not_said_to_pass_by_itself(visitor):
    def broken(execute, sql, params, many, context):
        raise ValueError("a mistake")

    with connection.execute_wrapper(broken):
        response = visitor.get("/editions/")

    assert (response.status_code, response.has_header("Retry-After")) == (500, False)
    assert "a mistake" not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("prefix", "words"), [("", "A form takes at most 2.5 MB of text."), ("/nl", "hoogstens 2,5 MB")]
)
def test_a_text_longer_than_any_form_takes_is_told_so(visitor, settings, prefix, words):
    """The proxy refuses what is larger than a file may be; between the two lies a text that somebody pasted."""
    text = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)

    response = visitor.post(f"{prefix}/accounts/login/", {"login": text})

    assert response.status_code == 413
    assert words in response.content.decode()


@pytest.mark.django_db
def test_too_many_fields_are_nothing_that_anybody_typed(visitor, settings):
    fields = {f"field{number}": "x" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}

    assert visitor.post("/accounts/login/", fields).status_code == 400
