from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from conference.models import Task
from conference.tasks import run_due
from sessions.models import Session, Slot
from sessions.models.presentation_file import private_storage
from sessions.services.importing.keeping import forget_old
from tests.admin_forms import FormReader, make_staff
from tests.factories import make_edition, make_session
from tests.sessions.exchange.reading.samples import csv, event, frab_json, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make_edition()


@pytest.fixture
def address(edition):
    return reverse("admin:conference_edition_import", args=[edition.pk])


@pytest.fixture
def client(client):
    client.force_login(make_staff("programme editor"))
    return client


def kept():
    try:
        return private_storage().listdir("imports")[1]
    except FileNotFoundError:
        return []


def forget_all():
    for name in kept():
        private_storage().delete(f"imports/{name}")


@pytest.fixture(autouse=True)
def nothing_kept():
    """Before too: whoever imports lists of people keeps files in the same folder."""
    forget_all()
    yield
    forget_all()


def upload(client, address, data, **values):
    file = SimpleUploadedFile("../../plan.json", data)
    return client.post(address, {"upload": file, "publish": "on", **values})


def form_of(response):
    reader = FormReader()
    reader.feed(response.content.decode())
    return reader.data


def send(client, address, response, **values):
    return client.post(address, {**form_of(response), **values})


def test_a_file_is_shown_first_and_stored_when_confirmed(client, address, edition):
    preview = upload(client, address, frab_json(event()))

    assert "Opening" in preview.content.decode()
    assert (Session.objects.count(), len(kept())) == (0, 1)
    done = send(client, address, preview, confirm="Import")
    assert done.url == reverse("admin:conference_edition_conflicts", args=[Session.objects.get().edition_id])
    assert (Session.objects.get().title, Slot.objects.draft().count(), kept()) == ("Opening", 1, [])


def test_the_sessions_may_wait_as_drafts(client, address):
    file = SimpleUploadedFile("plan.json", frab_json(event()))
    preview = client.post(address, {"upload": file})
    send(client, address, preview, confirm="Import")

    assert Session.objects.get().status == "draft"


def test_a_sheet_asks_what_its_columns_are(client, address):
    columns = upload(client, address, xlsx(["Wat", "Zaal"], ["Een dag", "Aula"]))

    assert form_of(columns)["column-1"] == "room"
    wrong = send(client, address, columns, columns="Look")
    assert "say which column is the title" in wrong.content.decode()
    preview = send(client, address, wrong, columns="Look", **{"column-0": "title"})
    send(client, address, preview, confirm="Import")
    assert Session.objects.get().title == "Een dag"


def test_a_second_import_has_nothing_to_confirm(client, address):
    send(client, address, upload(client, address, frab_json(event())), confirm="Import")

    again = upload(client, address, frab_json(event())).content.decode()

    assert "There is nothing to do." in again
    assert 'name="confirm"' not in again


def test_a_refused_file_is_deleted_and_told_with_its_path(client, address):
    page = upload(client, address, frab_json(event(duration="long"))).content.decode()

    assert "[0].duration: “long” is no duration." in page
    assert kept() == []


def test_a_file_too_large_is_not_even_kept(client, address):
    page = upload(client, address, b"title\n" + b"x" * (20 * 1024**2)).content.decode()

    assert "the file is larger than 20 MB." in page
    assert kept() == []


def test_giving_up_deletes_the_file(client, address):
    send(client, address, upload(client, address, frab_json(event())), forget="Cancel")

    assert (kept(), Session.objects.count()) == ([], 0)


def test_what_changed_meanwhile_is_shown_again(client, address, edition):
    preview = upload(client, address, frab_json(event()))
    make_session(edition, "Meanwhile", slug="conf-7-opening")

    again = send(client, address, preview, confirm="Import")

    assert "The edition was changed meanwhile." in again.content.decode()
    assert Session.objects.get().title == "Meanwhile"
    send(client, address, again, confirm="Import")
    assert Session.objects.get().title == "Opening"


def test_a_file_waits_for_the_person_who_sent_it_and_for_its_edition(client, address, edition):
    token = form_of(upload(client, address, frab_json(event())))["token"]
    other = reverse("admin:conference_edition_import", args=[make_edition().pk])

    assert "no longer here" in client.post(other, {"token": token, "confirm": "1"}).content.decode()
    client.force_login(make_staff("organiser"))
    assert "no longer here" in client.post(address, {"token": token, "confirm": "1"}).content.decode()
    assert "no longer here" in client.post(address, {"token": token[:-2], "confirm": "1"}).content.decode()
    assert Session.objects.count() == 0


def test_a_confirmation_sent_twice_does_it_once(client, address):
    preview = upload(client, address, frab_json(event()))
    send(client, address, preview, confirm="Import")

    assert "no longer here" in send(client, address, preview, confirm="Import").content.decode()
    assert Session.objects.count() == 1


def test_a_confirmation_without_having_seen_the_plan_shows_it_first(client, address):
    columns = upload(client, address, csv("title", "A"))

    page = send(client, address, columns, confirm="Import").content.decode()

    assert "Nothing is stored yet." in page
    assert Session.objects.count() == 0


def test_files_nobody_confirmed_go_after_a_while(client, address):
    preview = upload(client, address, frab_json(event()))

    assert forget_old() == 0
    assert forget_old(timezone.now() + timedelta(hours=3)) == 1
    assert "no longer here" in send(client, address, preview, confirm="Import").content.decode()
    fresh = upload(client, address, frab_json(event()))
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        client.force_login(make_staff("programme editor"))
        assert "no longer here" in send(client, address, fresh, confirm="Import").content.decode()


@pytest.mark.parametrize("group", ["registration desk", "helper"])
def test_who_does_not_edit_the_programme_is_refused(client, address, group):
    client.force_login(make_staff(group))

    assert client.get(address).status_code == 403
    assert upload(client, address, frab_json(event())).status_code == 403
    assert kept() == []


def test_a_visitor_is_sent_to_log_in(client, address):
    client.logout()

    assert client.get(address).url.endswith(f"?next={address}")


def test_the_form_of_the_edition_leads_there(client, edition, address):
    assert (
        address in client.get(reverse("admin:conference_edition_change", args=[edition.pk])).content.decode()
    )


def test_titles_of_strangers_are_shown_as_text(client, address):
    page = upload(client, address, frab_json(event(title="<script>alert(1)</script>"))).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_missing_edition_is_not_found(client):
    assert client.get(reverse("admin:conference_edition_import", args=[2**62])).status_code == 404


def many(count):
    def guid(number):
        return f"00000000-0000-4000-8000-{number:012d}"

    return frab_json(
        *(event(id=one, guid=guid(one), slug=f"t-{one}", title=f"Talk {one}") for one in range(1, count + 1))
    )


def test_a_large_timetable_is_the_workers_and_comes_in_once(client, address):
    preview = upload(client, address, many(301))
    page = send(client, address, preview, confirm="Import").url
    assert send(client, address, preview, confirm="Import").url == page
    assert (Session.objects.count(), len(kept())) == (0, 1)

    run_due()

    assert "301 sessions imported" in client.get(page).content.decode()
    assert (Session.objects.count(), kept()) == (301, [])
    Task.objects.filter(kind="import").update(status="running", beat_at=timezone.now() - timedelta(hours=1))
    run_due()
    assert (Task.objects.get(kind="import").status, Session.objects.count()) == ("done", 301)


def test_a_large_timetable_is_refused_when_the_edition_changed_meanwhile(client, address, edition):
    send(client, address, upload(client, address, many(301)), confirm="Import")
    make_session(edition, "Meanwhile", slug="t-7")

    run_due()

    assert "The edition was changed meanwhile." in Task.objects.get(kind="import").message
    assert (Session.objects.count(), kept()) == (1, [])


def test_what_columns_meant_is_offered_the_next_time(client, address):
    columns = upload(client, address, csv("Wat,Plek", "Een dag,Aula"))
    preview = send(client, address, columns, columns="Look", **{"column-0": "title", "column-1": "room"})
    send(client, address, preview, confirm="Import")

    again = form_of(upload(client, address, csv("Plek,Wat", "Aula,Twee dagen")))

    assert (again["column-0"], again["column-1"]) == ("room", "title")
