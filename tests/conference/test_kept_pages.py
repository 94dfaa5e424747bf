"""Kept pages: built once for everybody, never for a person, new as soon as something changed."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from conference import kept_pages
from conference.content import content_state, touch
from conference.models import Edition
from tests.factories import make_edition, make_organiser, make_presentation, make_session, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeping(monkeypatch):
    monkeypatch.setattr(kept_pages, "LOOK_EVERY", 0)
    with override_settings(PAGES_KEPT_MB=4):
        yield


@pytest.fixture
def visitor(keeping):
    return Client()


def overview(edition):
    return reverse("sessions:overview", args=[edition.slug])


def rename(session, title):
    type(session).objects.filter(pk=session.pk).update(title=title, title_en=title)


def test_a_kept_page_needs_no_queries_but_the_look_at_the_numbers(visitor, django_assert_num_queries):
    address = overview(make_edition())
    first = visitor.get(address)

    with django_assert_num_queries(2):
        second = visitor.get(address)

    assert second.content == first.content
    own = {"X-Request-Id": ""}  # each answer has its own
    assert {**second.headers, **own} == {**first.headers, **own}
    assert second["X-Request-Id"] != first["X-Request-Id"]


def test_a_change_that_is_said_shows_at_once_and_only_in_its_edition(visitor, django_assert_num_queries):
    edition, other = make_edition(), make_edition()
    session = make_session(edition, "Before")
    for one in (edition, other):
        visitor.get(overview(one))
    rename(session, "After")
    assert b"Before" in visitor.get(overview(edition)).content

    touch(edition)

    assert b"After" in visitor.get(overview(edition)).content
    with django_assert_num_queries(2):
        visitor.get(overview(other))


def test_a_change_of_everything_makes_every_page_anew(visitor):
    edition = make_edition()
    session = make_session(edition, "Before")
    visitor.get(overview(edition))
    rename(session, "After")

    touch()

    assert b"After" in visitor.get(overview(edition)).content


def test_an_accepted_form_in_the_admin_shows_to_the_public_at_once(visitor):
    edition = make_edition()
    session = make_session(edition, "Kept title", status="draft")
    assert b"Kept title" not in visitor.get(overview(edition)).content
    organiser = Client()
    organiser.force_login(make_organiser())
    organiser.post(
        reverse("admin:conference_sessions_session_changelist") + f"?edition={edition.pk}",
        {"action": "publish_selected", "_selected_action": [session.pk]},
    )

    assert b"Kept title" in visitor.get(overview(edition)).content


def test_logging_in_and_out_changes_nothing_for_the_public(visitor):
    edition = make_edition()
    visitor.get(overview(edition))
    person = Client()
    person.force_login(make_user())
    before = content_state()

    assert person.post(reverse("account_logout")).status_code == 302

    assert content_state() == before


@pytest.mark.parametrize("person", [None, "Ada"])
def test_who_is_not_let_in_cannot_throw_kept_pages_away(visitor, person):
    edition = make_edition()
    stranger = Client()
    if person:
        stranger.force_login(make_user(person))
    before = content_state()

    for address in (
        reverse("admin:conference_edition_schedule", args=[edition.pk]),
        reverse("sessions:availability", args=[edition.slug]),
    ):
        assert stranger.post(address, {"do": "undo"}).status_code in (302, 404)

    assert content_state() == before


def test_asking_for_a_pack_throws_no_kept_page_away(keeping):
    presentation = make_presentation(make_session(make_edition()))
    member = Client()
    member.force_login(make_user())
    before = content_state()

    answer = member.post(reverse("registration:pack", args=["session", presentation.session.guid]))

    assert (answer.status_code, content_state()) == (302, before)


def test_a_page_for_a_person_is_neither_kept_nor_taken_from_what_is_kept(visitor):
    edition = make_edition()
    person = Client()
    person.force_login(make_user("Ada"))

    theirs = person.get(overview(edition))
    public = visitor.get(overview(edition))
    again = person.get(overview(edition))

    assert theirs["Cache-Control"] == again["Cache-Control"] == "private, no-store"
    assert b"Log out" in theirs.content
    assert b"Log out" not in public.content
    assert b"Log out" in again.content


def test_a_page_that_sets_a_cookie_is_not_kept(visitor):
    address = reverse("account_login")
    first, second = visitor.get(address), Client().get(address)

    assert first.cookies["csrf"].value != second.cookies["csrf"].value


def test_the_two_languages_are_kept_apart(visitor):
    address = overview(make_edition())
    assert b'<html lang="en"' in visitor.get(address).content
    assert b'<html lang="nl"' in visitor.get(f"/nl{address}").content
    assert b'<html lang="en"' in visitor.get(address).content


def test_a_foreign_host_gets_no_kept_page(visitor):
    address = overview(make_edition())
    visitor.get(address)

    assert visitor.get(address, headers={"host": "evil.test"}).status_code == 400


def test_an_unpublished_edition_leaves_at_once(visitor):
    edition = make_edition()
    visitor.get(overview(edition))
    Edition.objects.filter(pk=edition.pk).update(is_published=False)
    touch(edition)

    assert visitor.get(overview(edition)).status_code == 404


def test_what_was_not_changed_is_not_sent_again(visitor):
    edition = make_edition()
    etag = visitor.get(overview(edition))["ETag"]

    same = visitor.get(overview(edition), headers={"if-none-match": etag})
    make_session(edition)
    touch(edition)
    changed = visitor.get(overview(edition), headers={"if-none-match": etag})

    assert (same.status_code, same.content) == (304, b"")
    assert changed.status_code == 200


def test_packed_and_plain_are_the_same_page(visitor):
    address = overview(make_edition())
    packed = visitor.get(address, headers={"accept-encoding": "br, gzip"})
    plain = visitor.get(address)

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Content-Encoding" not in plain
    assert "Accept-Encoding" in plain["Vary"]


def test_a_page_is_kept_no_longer_than_half_a_minute_nor_than_it_says_itself(keeping):
    answer = HttpResponse("words")
    for control, seconds in [("public, s-maxage=600", 30), ("public, s-maxage=5", 5), ("public", 30)]:
        answer["Cache-Control"] = control
        assert kept_pages.kept(answer).seconds == seconds
    answer["Cache-Control"] = "private"
    assert kept_pages.kept(answer) is None


def test_a_page_that_is_too_old_is_built_anew_though_nobody_said_a_change(visitor, monkeypatch):
    monkeypatch.setattr(kept_pages, "KEPT_SECONDS", 0)
    edition = make_edition()
    session = make_session(edition, "Before")
    visitor.get(overview(edition))
    rename(session, "After")

    assert b"After" in visitor.get(overview(edition)).content


def test_a_very_long_query_is_answered_but_not_kept(visitor, django_assert_num_queries):
    address = overview(make_edition()) + "?x=" + "a" * 300
    assert visitor.get(address).status_code == 200
    with pytest.raises(pytest.fail.Exception), django_assert_num_queries(2):
        visitor.get(address)


def test_head_is_answered_from_what_get_kept_and_keeps_nothing_itself(visitor):
    address = overview(make_edition())
    visitor.head(address)

    assert b"<html" in visitor.get(address).content
    assert visitor.head(address).status_code == 200


def test_a_file_that_the_proxy_sends_is_never_kept(keeping):
    """Each time it is asked for is counted, and the right to it asked."""
    headers = {"Cache-Control": "public, max-age=60", "X-Accel-Redirect": "/private-files/a"}

    assert kept_pages.kept(HttpResponse(headers={"Cache-Control": headers["Cache-Control"]})) is not None
    assert kept_pages.kept(HttpResponse(headers=headers)) is None


def test_whether_the_site_lives_is_said_without_the_database(visitor, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert visitor.get("/livez").status_code == 200
