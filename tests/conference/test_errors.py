"""What a visitor sees when the site itself is in trouble."""

import pytest
from django.db import InterfaceError, OperationalError, connection


@pytest.fixture
def visitor(client):
    client.raise_request_exception = False
    return client


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
def test_a_mistake_of_our_own_is_not_said_to_pass_by_itself(visitor):
    def broken(execute, sql, params, many, context):
        raise ValueError("a mistake")

    with connection.execute_wrapper(broken):
        response = visitor.get("/editions/")

    assert (response.status_code, response.has_header("Retry-After")) == (500, False)
    assert "a mistake" not in response.content.decode()
