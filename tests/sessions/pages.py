"""What tests of pages share: an organiser's client, and the words of a page."""

from django.test import Client

from tests.factories import make_organiser


def organiser_client() -> Client:
    client = Client()
    client.force_login(make_organiser())
    return client


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.content.decode()
