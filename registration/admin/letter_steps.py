"""The buttons on the pages of letters; each step is a service's, and is written down at the edition."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.admin.base import person
from conference.models import Edition
from registration.letters import occasions, sending
from registration.letters.exceptions import LetterRefused
from registration.letters.forms import OccasionForm
from registration.models import Letter

LIST, ONE = "conference_edition_letters", "conference_edition_letter"


def note(model_admin: Any, request: HttpRequest, edition: Edition, words: str) -> None:
    model_admin.log_change(request, edition, words)
    model_admin.message_user(request, words, messages.SUCCESS)


def take_list_step(model_admin: Any, request: HttpRequest, edition: Edition, form: OccasionForm) -> bool:
    """Add a letter that goes by itself; False when the form says what is wrong."""
    if request.POST.get("step") != "plan":
        raise Http404
    if not form.is_valid():
        return False
    try:
        letter = occasions.plan(edition=edition, by=person(request), **form.cleaned_data)
    except LetterRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    note(model_admin, request, edition, _("The letter “%(letter)s” goes by itself.") % {"letter": letter})
    return True


def save(model_admin: Any, request: HttpRequest, letter: Letter, form: Any) -> bool:
    try:
        seen = request.POST.get("seen", "")
        saved = occasions.save_words(letter=letter, changes=form.changes(), seen=seen)
    except LetterRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    note(model_admin, request, letter.edition, _("The letter “%(letter)s” was changed.") % {"letter": saved})
    return True


def test(request: HttpRequest, letter: Letter) -> str:
    count = sending.send_to_oneself(letter=letter, by=person(request))
    words = ngettext("%(count)s mail goes to %(email)s.", "%(count)s mails go to %(email)s.", count)
    return words % {"count": count, "email": person(request).email}


def stop(request: HttpRequest, letter: Letter) -> str:
    sending.stop(letter=letter)
    return _("The letter “%(letter)s” was stopped. Who has it, has it; nobody else gets it.") % {
        "letter": letter
    }


def go_on(request: HttpRequest, letter: Letter) -> str:
    sending.go_on(letter=letter)
    return _("The letter “%(letter)s” goes on to those who have not got it.") % {"letter": letter}


def again(request: HttpRequest, letter: Letter) -> str:
    count = sending.send_failed_again(letter=letter)
    words = ngettext("%(count)s mail queued again.", "%(count)s mails queued again.", count)
    return words % {"count": count}


def restore(request: HttpRequest, letter: Letter) -> str:
    occasions.restore(letter=letter)
    return _("The letter “%(letter)s” has its original words again.") % {"letter": letter}


def switch_on(request: HttpRequest, letter: Letter) -> str:
    occasions.switch(letter=letter, is_on=True)
    return _("The letter “%(letter)s” goes by itself.") % {"letter": letter}


def switch_off(request: HttpRequest, letter: Letter) -> str:
    occasions.switch(letter=letter, is_on=False)
    return _("The letter “%(letter)s” does not go by itself any more.") % {"letter": letter}


def discard(request: HttpRequest, letter: Letter) -> str:
    said = str(letter)
    occasions.discard(letter=letter)
    return _("The letter “%(letter)s” was thrown away.") % {"letter": said}


STEPS = {
    "test": test, "stop": stop, "go_on": go_on, "again": again, "restore": restore, "on": switch_on,
    "off": switch_off, "discard": discard,
}  # fmt: skip


def take_letter_step(model_admin: Any, request: HttpRequest, letter: Letter) -> HttpResponse:
    name = request.POST.get("step", "")
    step = STEPS.get(name)
    if not step:
        raise Http404
    is_gone = False
    try:
        words = step(request, letter)
    except LetterRefused as refusal:
        model_admin.message_user(request, str(refusal), messages.WARNING)
    else:
        note(model_admin, request, letter.edition, words)
        is_gone = name == "discard"
    if is_gone:
        return redirect(f"admin:{LIST}", letter.edition_id)
    return redirect(f"admin:{ONE}", letter.edition_id, letter.guid)
