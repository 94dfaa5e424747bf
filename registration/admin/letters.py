"""Writing to many people: drafts, who gets them, how they look, and what became of them; and what goes by itself."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.admin.base import AnyAdmin, person
from conference.admin.edition_pages import EditionPage, Stage
from conference.models import Edition, NewsItem
from registration.admin.letter_steps import save, take_letter_step, take_list_step
from registration.letters import places, showing
from registration.letters.exceptions import LetterRefused
from registration.letters.forms import LetterForm, OccasionForm, OccasionWordsForm
from registration.letters.from_news import begun_with
from registration.letters.moments import moment_of
from registration.letters.occasions import ORIGINALS, shown_at
from registration.letters.sending import send, state_of
from registration.models import Letter

LIST, NEW = "conference_edition_letters", "conference_edition_letters_new"
ONE, EDIT, SEND = (
    "conference_edition_letter",
    "conference_edition_letter_edit",
    "conference_edition_letter_send",
)
ON_A_PAGE = 100


class LettersMixin(AnyAdmin):
    """Pages under /admin/conference/edition/<pk>/letters/ for the edition's admin."""

    def letters_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = letters_edition(request, pk)
        with timezone.override(edition.zone):
            form = OccasionForm(request.POST if request.POST.get("step") == "plan" else None)
            if request.method == "POST" and take_list_step(self, request, edition, form):
                return redirect(f"admin:{LIST}", edition.pk)
            letters = list(Letter.objects.filter(edition=edition).order_by("-pk"))
            for letter in letters:
                letter.edition = edition
            context = {
                "by_hand": [one for one in letters if not one.occasion],
                "by_themselves": [(one, moment_of(one)) for one in letters if one.occasion],
                "form": form,
                "originals": [(key.label, original.about) for key, original in ORIGINALS.items()],
            }
            return self.letters_page(request, "list", edition, _("Letters"), **context)

    def letters_new_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = letters_edition(request, pk)
        data = request.POST if request.method == "POST" else None
        form = LetterForm(data, initial=begun_with_news(request, edition), edition=edition)
        if request.method == "POST" and form.is_valid():
            letter = Letter.objects.create(edition=edition, written_by=person(request), **form.changes())
            self.log_change(request, edition, _("The letter “%(letter)s” was written.") % {"letter": letter})
            return redirect(f"admin:{ONE}", edition.pk, letter.guid)
        return self.letters_page(request, "edit", edition, _("Write a letter"), form=form, places=places.ALL)

    def letter_edit_view(self, request: HttpRequest, pk: int, letter: UUID) -> HttpResponse:
        found = letter_of(request, pk, letter)
        if not found.can_be_changed:
            raise Http404
        form, seen = form_of(request, found), request.POST.get("seen", "")
        if request.method == "POST" and form.is_valid():
            if save(self, request, found, form):
                return redirect(f"admin:{ONE}", pk, found.guid)
            seen = ""  # whoever was refused was told, and may now decide
        context = {"form": form, "letter": found, "places": places.ALL, "seen": seen or shown_at(found)}
        return self.letters_page(request, "edit", found.edition, found.called, **context)

    def letter_view(self, request: HttpRequest, pk: int, letter: UUID) -> HttpResponse:
        found = letter_of(request, pk, letter)
        if request.method == "POST":
            return take_letter_step(self, request, found)
        context: dict[str, Any] = {"letter": found}
        with timezone.override(found.edition.zone):
            if found.can_be_changed:
                context |= looked_at(request, found) | {"moment": moment_of(found)}
            else:
                context |= became_of(request, found)
            return self.letters_page(request, "letter", found.edition, found.called, **context)

    def letter_send_view(self, request: HttpRequest, pk: int, letter: UUID) -> HttpResponse:
        """The second look: how many people, and a button."""
        found = letter_of(request, pk, letter)
        if not found.is_draft or found.occasion:
            raise Http404
        if request.method == "POST":
            return self.letter_confirmed(request, found)
        people = showing.found_for(found)
        context = {
            "letter": found,
            "people": people,
            "languages": showing.languages_read(found, people.readers),
            "seen": state_of(found, len(people.readers)),
        }
        return self.letters_page(request, "send", found.edition, _("Send this letter?"), **context)

    def letter_confirmed(self, request: HttpRequest, letter: Letter) -> HttpResponse:
        try:
            sent = send(letter=letter, by=person(request), seen=request.POST.get("seen", ""))
        except LetterRefused as refusal:
            self.message_user(request, str(refusal), "WARNING")
        else:
            words = _("The letter “%(letter)s” goes to %(count)s people.")
            said = words % {"letter": sent, "count": sent.reader_count}
            self.log_change(request, letter.edition, said)
            self.message_user(request, said, "SUCCESS")
        return redirect(f"admin:{ONE}", letter.edition_id, letter.guid)

    def letters_page(
        self, request: HttpRequest, name: str, edition: Edition, title: str, **context: Any
    ) -> HttpResponse:
        shared = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "edition": edition,
            "title": title,
        }
        return TemplateResponse(request, f"admin/letters/{name}.html", {**shared, **context}).render()


def begun_with_news(request: HttpRequest, edition: Edition) -> dict[str, Any]:
    """The words of public news of this edition or the site, if the address names one."""
    key = request.GET.get("news", "")
    if not key:
        return {}
    if not key.isdecimal() or len(key) > 18:
        raise Http404
    items = NewsItem.objects.published().on_front_page_of(edition).select_related("edition")
    return begun_with(get_object_or_404(items, pk=key))


def form_of(request: HttpRequest, letter: Letter) -> LetterForm | OccasionWordsForm:
    data = request.POST if request.method == "POST" else None
    if letter.occasion:
        return OccasionWordsForm(data, initial=OccasionWordsForm.initial_of(letter))
    return LetterForm(data, initial=LetterForm.initial_of(letter), edition=letter.edition)


def looked_at(request: HttpRequest, letter: Letter) -> dict[str, Any]:
    """Of a letter that nobody has yet: who would get it now, and how it looks to one of them."""
    people = showing.found_for(letter)
    query = request.GET.get("q", "")
    to_choose_from = showing.to_choose_from(people, query)
    reader = showing.chosen(to_choose_from, request.GET.get("person", ""))
    return {
        "people": people,
        "languages": showing.languages_read(letter, people.readers),
        "query": query,
        "to_choose_from": to_choose_from,
        "reader": reader,
        "examples": showing.examples_for(letter, reader) if reader else [],
    }


def became_of(request: HttpRequest, letter: Letter) -> dict[str, Any]:
    state = request.GET.get("state", "")
    rows = showing.addressees_in(letter, state)
    return {
        "progress": showing.progress_of(letter),
        "state": state,
        "is_forgotten": bool(letter.reader_count) and not state and not rows.exists(),
        "addressees": Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page")),
        "can_be_stopped": letter.status == Letter.Status.SENDING or showing.waits_in_outbox(letter),
    }


def letters_edition(request: HttpRequest, pk: int) -> Edition:
    if not may_write(request):
        raise PermissionDenied
    return get_object_or_404(Edition, pk=pk)


def letter_of(request: HttpRequest, pk: int, guid: UUID) -> Letter:
    edition = letters_edition(request, pk)
    found = get_object_or_404(Letter.objects.select_related("sent_by"), edition=edition, guid=guid)
    found.edition = edition
    return found


def may_write(request: HttpRequest) -> bool:
    return request.user.has_perm("registration.change_letter")


PAGES = [
    EditionPage(
        name=LIST,
        path="letters/",
        view=LettersMixin.letters_view,
        stage=Stage.REGISTRATION,
        words=gettext_lazy("Write to people"),
        may=may_write,
    ),
    EditionPage(name=NEW, path="letters/new/", view=LettersMixin.letters_new_view),
    EditionPage(name=ONE, path="letters/<uuid:letter>/", view=LettersMixin.letter_view),
    EditionPage(name=EDIT, path="letters/<uuid:letter>/edit/", view=LettersMixin.letter_edit_view),
    EditionPage(name=SEND, path="letters/<uuid:letter>/send/", view=LettersMixin.letter_send_view),
]
