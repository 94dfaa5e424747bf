"""The accessibility statement stands on every site, at one address, with what its organisers add."""

import re

import pytest

from conference.accessibility import LOOKED_AT
from conference.models import Page, Site
from tests.factories import make_edition

ADDRESS = "/accessibility/"
pytestmark = pytest.mark.django_db


def page_of(client, address=ADDRESS):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_site_has_it_in_both_languages_and_every_footer_leads_there(client):
    make_edition(slug="ed")
    for prefix in ("", "/nl"):
        assert f'href="{prefix}{ADDRESS}"' in page_of(client, f"{prefix}/ed/").split("<footer")[1]
        assert "WCAG" in page_of(client, f"{prefix}{ADDRESS}")


def test_it_says_whom_to_tell(client):
    Site.objects.update_or_create(pk=1, defaults={"contact_email": "hello@example.org"})
    assert 'write to <a href="mailto:hello@example.org">hello@example.org</a>' in page_of(client)

    Site.objects.update(contact_email="")
    assert "tell the organisers of the conference" in page_of(client)


def test_what_organisers_write_about_it_stands_on_the_same_page_and_only_there(client):
    draft = Page.objects.create(slug="accessibility", title="At our school", body="A lift is **there**.")
    html = page_of(client)
    assert "<h2>At our school</h2>" in html and "A lift is <strong>there</strong>." in html
    assert "/pages/accessibility/" not in html.split("<footer")[1]

    draft.is_published = False
    draft.save()
    assert "At our school" not in page_of(client)


def test_of_an_edition_stays_a_page_of_its_own(client):
    edition = make_edition(slug="ed")
    Page.objects.create(edition=edition, slug="accessibility", title="The hall", body="Two steps.")

    assert "/ed/pages/accessibility/" in page_of(client, "/ed/").split("<footer")[1]
    assert "Two steps." not in page_of(client)


def test_it_may_be_kept_for_everybody_and_says_its_date(client):
    response = client.get(ADDRESS)

    assert not response.cookies
    assert response["Cache-Control"] == "public, max-age=0, s-maxage=30"
    assert re.search(rf"{LOOKED_AT.day} \w+ {LOOKED_AT.year}\.", response.content.decode())


def test_it_asks_the_database_little(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get(ADDRESS)
