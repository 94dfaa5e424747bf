"""A kept form: built once for all strangers, with a token of their own for each, never for a person."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from conference import kept_forms
from tests.factories import make_edition, make_registration_type, make_user

pytestmark = pytest.mark.django_db
FORM = '<input type="hidden" name="csrfmiddlewaretoken" value="abc">'
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture
def edition():
    edition = make_edition()
    make_registration_type(edition)
    with override_settings(PAGES_KEPT_MB=4):
        yield edition


def ask(edition, client=None):
    return (client or Client()).get(f"/{edition.slug}/register/")


def without_token(response):
    return TOKEN.sub("", response.content.decode())


def test_second_stranger_gets_the_same_page_without_a_query(edition, django_assert_num_queries):
    first = ask(edition)

    with django_assert_num_queries(2):  # the look at the numbers of the content, at most each half second
        second = ask(edition)

    assert without_token(second) == without_token(first)
    assert second["Cache-Control"] == first["Cache-Control"]
    assert "no-store" in second["Cache-Control"]


def test_each_stranger_can_send_it_with_their_own_token_and_no_other(edition):
    one, other = (Client(enforce_csrf_checks=True) for _turn in range(2))
    answers = {"name": "Ada", "country": "BE", "role": "teacher", "consent": "on"}
    tokens = [TOKEN.search(ask(edition, client).content.decode())[1] for client in (one, other)]

    sent = [
        client.post(
            f"/{edition.slug}/register/", answers | {"email": email, "csrfmiddlewaretoken": token}
        ).status_code
        for client, email, token in [
            (one, "ada@example.org", tokens[1]),
            (one, "ada@example.org", tokens[0]),
            (other, "ben@example.org", tokens[1]),
        ]
    ]

    assert sent == [403, 302, 302]


def test_who_has_a_session_gets_their_own_page(edition):
    ask(edition)
    client = Client()
    client.force_login(make_user("Ada"))

    assert 'name="email"' in ask(edition).content.decode()
    assert 'name="email"' not in ask(edition, client).content.decode()


def test_it_is_kept_for_no_longer_than_said(edition, monkeypatch):
    monkeypatch.setattr(kept_forms, "SECONDS", 0)
    built = []
    view = kept_forms.kept_for_strangers(lambda request: built.append(request) or HttpResponse(FORM))

    for _turn in range(2):
        view(RequestFactory().get("/"))

    assert len(built) == 2


def test_what_holds_no_form_is_not_kept(edition):
    built = []
    view = kept_forms.kept_for_strangers(lambda request: built.append(request) or HttpResponse("Sorry"))

    for _turn in range(2):
        view(RequestFactory().get("/"))

    assert len(built) == 2
