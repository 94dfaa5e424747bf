"""A key that nobody could have been shown gets a clear answer, wherever a form or an address takes one."""

from urllib.parse import quote

import pytest
from django.contrib import admin
from django.forms import ModelChoiceField
from django.test import Client, RequestFactory
from django.urls import reverse

from conference.models import Edition, User
from sessions.models import Presentation, Session
from tests.admin_forms import FormReader
from tests.factories import (
    make_appearance,
    make_booking,
    make_edition,
    make_membership,
    make_organisation,
    make_organiser,
    make_presentation,
    make_question,
    make_registration,
    make_registration_type,
    make_round,
    make_session,
    make_speaker,
    make_user,
    make_workshop,
)

STRANGE = ("9" * 25, "-" + "9" * 25, "abc", "1\x00")
ALL = pytest.mark.parametrize(
    "model_admin", [pytest.param(one, id=one.opts.label_lower) for one in admin.site._registry.values()]
)


@pytest.fixture
def organiser(client, db, settings):
    settings.STAFF_SECOND_FACTOR = False
    client.raise_request_exception = False  # the status is looked at, not the first error
    client.force_login(make_organiser())
    make_presentation(make_session())
    return client


def as_organiser():
    request = RequestFactory().get("/")
    request.user = User.objects.get(is_superuser=True)
    return request


def address_of(model_admin, page):
    return reverse(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_{page}")


def takes_keys(form):
    return [name for name, field in form.fields.items() if isinstance(field, ModelChoiceField)]


@ALL
def test_form_of_the_admin(model_admin, organiser):
    """Every field at once, with those of the rows below it."""
    request = as_organiser()
    if not model_admin.has_add_permission(request):  # only services make these
        assert organiser.post(address_of(model_admin, "add"), {}).status_code == 403
        return
    names, sent = takes_keys(model_admin.get_form(request)()), {}
    for inline in model_admin.get_inline_instances(request):
        rows = inline.get_formset(request)
        prefix = rows.get_default_prefix()
        sent |= {f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-INITIAL_FORMS": 0}
        names += [f"{prefix}-0-{name}" for name in ("id", *takes_keys(rows().empty_form))]
    for value in STRANGE:
        answer = organiser.post(address_of(model_admin, "add"), sent | dict.fromkeys(names, value))
        assert (value, answer.status_code) == (value, 200)


@ALL
def test_list_of_the_admin(model_admin, organiser):
    """Filters, actions and the pages of one row."""
    request, address = as_organiser(), address_of(model_admin, "changelist")
    filters = {"id__in", "edition", "session"}
    for one in model_admin.get_changelist_instance(request).filter_specs:
        filters |= set(one.expected_parameters())
    failed = []
    for value in STRANGE[:3]:
        answers = {name: organiser.get(address, {name: value}) for name in filters}
        for name in model_admin.get_actions(request):
            answers[name] = organiser.post(address, {"action": name, "_selected_action": value, "index": 0})
        for page in ("change", "delete", "history"):
            answers[page] = organiser.get(f"{address}{quote(value)}/{page}/")
        failed += [(name, value) for name, answer in answers.items() if answer.status_code >= 500]
    assert failed == []


@pytest.mark.django_db
def test_forms_of_the_site(settings):
    """Every field of every form at once, as somebody who may open all of them."""
    settings.STAFF_SECOND_FACTOR = False
    edition, client = make_edition(slug="ed"), Client(raise_request_exception=False)
    person, workshop = make_organiser(), make_workshop(edition, slug="w")
    make_registration_type(edition, "Guest")
    make_question(edition, "Which bus?", ["Early", "Late"])
    make_membership(make_organisation(), person, is_administrator=True)
    make_appearance(workshop, make_speaker(user=person), part="facilitator")
    newcomer = make_user("New")
    registration = make_registration(user=person, edition=edition)
    round_ = make_round(edition, [workshop])
    make_booking(make_registration("Ben", edition), workshop)
    pages = [
        "register/", "colleagues/", "my-registration/", "my-registration/edit/", "my-registration/type/",
        "my-registration/invoice/", "my-registration/hand-over/", f"my-registration/rounds/{round_.pk}/",
        "sessions/w/people/", "sessions/w/people/presence/", "sessions/w/outcomes/", "workshops/w/book/",
    ]  # fmt: skip
    addresses = [
        *(f"/ed/{page}" for page in pages),
        "/desk/ed/people/new/",
        "/desk/ed/",
        "/my/stars/",
        "/library/share/",
        "/accounts/organisation/",
    ]
    names = {
        "registration_type", "organisation", "session", "topics", "levels", "present", "was", "order", "registration",
        "to", "people", "run", "seen", "key", f"question-{edition.questions.get().pk}", "membership", "step", "action",
    }  # fmt: skip
    assert registration.is_confirmed
    failed = []
    for somebody in (person, newcomer):
        client.force_login(somebody)
        for address in addresses:
            page = client.get(address)
            reader = FormReader()
            reader.feed(page.content.decode() if not page.streaming else "")
            for value in STRANGE:
                answer = client.post(address, dict.fromkeys(names | set(reader.data), value))
                failed += [(address, value)] if answer.status_code >= 500 or page.status_code >= 500 else []
    assert failed == []


@pytest.mark.django_db
def test_lists_of_keys_keep_the_rest():
    session = make_session()
    strange = [10**25, -(10**25), session.pk]

    assert Session.objects.get(pk__in=[*map(str, strange), "abc", None]) == session
    assert Session.objects.get(edition__in=[*strange, session.edition_id]) == session
    assert Session.objects.exclude(pk__in=["abc", 10**25]).get() == session
    assert Session.objects.exclude(edition=10**25).get() == session
    assert not Session.objects.filter(edition=10**25).exists()
    assert Session.objects.filter(edition__in=Edition.objects.all()).exists()
    assert not Presentation.objects.filter(topics__in=[10**25]).exists()
