"""The automatic mails: all that there are, when each goes, and its words, which organisers change and restore."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from conference.admin.base import AnyAdmin
from conference.admin.edition_pages import EditionPage, Stage
from conference.mail.edited import examples_of, prepared, restore_original, save_texts, texts_of
from conference.mail.filling import places_in
from conference.mail.originals import original_of
from conference.mail.register import REGISTER, AutomaticMail, changeable, changeable_for_editions
from conference.mail.words import LANGUAGES, WordsForm
from conference.models import Edition, MailText

LIST, ONE = "conference_outbox_texts", "conference_outbox_text"


class MailTextForm(WordsForm):
    """The words of one automatic mail; a language without any keeps the original."""

    must_be_written = False

    def __init__(self, *args: Any, automatic: AutomaticMail, **kwargs: Any) -> None:
        self.automatic = automatic
        super().__init__(*args, known=set(automatic.slots), addresses=automatic.addresses, **kwargs)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        for code in LANGUAGES:
            text = cleaned.get(f"text_{code}", "")
            missing = sorted(self.automatic.required - places_in(text)) if text else []
            if missing:
                words = ngettext(
                    "Without %(names)s the mail is of no use: put it in.",
                    "Without %(names)s the mail is of no use: put them in.",
                    len(missing),
                )
                self.add_error(
                    f"text_{code}", words % {"names": ", ".join(f"{{{name}}}" for name in missing)}
                )
        return cleaned


class MailTextsMixin(AnyAdmin):
    """Pages under /admin/conference/outbox/automatic/."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("automatic/", view(self.mail_texts_view), name=LIST),
            path("automatic/<path:name>/", view(self.mail_text_view), name=ONE),
            *super().get_urls(),
        ]

    def mail_texts_view(self, request: HttpRequest) -> HttpResponse:
        may_change(request)
        edition, changed = asked_edition(request), dict[str, list[str]]()
        for kind, language in MailText.objects.filter(edition=edition).values_list("kind", "language"):
            changed.setdefault(kind, []).append(str(get_language_info(language)["name_translated"]))
        known = changeable_for_editions() if edition else REGISTER.values()
        first_those_to_change = sorted(known, key=lambda mail: bool(mail.fixed_because))
        context = {
            "mails": [(mail, changed.get(mail.name, [])) for mail in first_those_to_change],
            "edition": edition,
            "editions": Edition.objects.all(),
        }
        return self.mail_texts_page(request, "list", _("Automatic mails"), **context)

    def mail_text_view(self, request: HttpRequest, name: str) -> HttpResponse:
        may_change(request)
        automatic, edition = REGISTER.get(name), asked_edition(request)
        if not automatic or automatic not in (changeable_for_editions() if edition else changeable()):
            raise Http404
        if request.method == "POST" and "restore" in request.POST:
            restore_original(kind=name, edition=edition)
            back = _("The words of the site are back.") if edition else _("The original words are back.")
            return self.mail_text_done(request, automatic, edition, back)
        written = texts_of(name, edition.pk if edition else None)
        rows = {code: row for (of, code), row in written.items() if of == (edition.pk if edition else None)}
        form = MailTextForm(
            request.POST if request.method == "POST" else None, automatic=automatic, initial=initial_of(rows)
        )
        seen = request.POST.get("seen") or shown_at(rows)
        is_valid = request.method == "POST" and form.is_valid()
        if is_valid and seen != shown_at(rows):
            form.add_error(None, _("Something changed meanwhile; look once more."))
            is_valid, seen = False, shown_at(rows)
        if is_valid and "preview" not in request.POST:
            save_texts(kind=name, edition=edition, **form.words())
            said = _("Saved. From now on the mail has these words.")
            return self.mail_text_done(request, automatic, edition, said)
        context = {
            "automatic": automatic,
            "form": form,
            "seen": seen,
            "is_changed": bool(rows),
            "edition": edition,
            "originals": [(code, *without(automatic, code, edition, written)) for code in LANGUAGES],
            "examples": examples(automatic, form.words()) if is_valid or not form.is_bound else [],
        }
        title = f"{automatic.title} · {edition}" if edition else str(automatic.title)
        return self.mail_texts_page(request, "edit", title, **context)

    def mail_text_done(
        self, request: HttpRequest, automatic: AutomaticMail, edition: Edition | None, words: str
    ) -> HttpResponse:
        self.message_user(request, words, messages.SUCCESS)
        page = reverse(f"admin:{ONE}", args=[automatic.name])
        return redirect(f"{page}?edition={edition.pk}" if edition else page)

    def mail_texts_page(self, request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return TemplateResponse(request, f"admin/mails/{name}.html", {**shared, **context})


def may_change(request: HttpRequest) -> None:
    if not request.user.has_perm("conference.change_mailtext"):
        raise PermissionDenied


def shown_at(rows: dict[str, MailText]) -> str:
    """Tells whether somebody else changed or restored the words since the form was shown."""
    return " ".join(f"{code} {row.updated_at.isoformat()}" for code, row in sorted(rows.items())) or "none"


def asked_edition(request: HttpRequest) -> Edition | None:
    """For whose mails the words are: of one edition, or of the whole site."""
    key = request.GET.get("edition", "")
    if not key:
        return None
    if not key.isdecimal() or len(key) > 18:
        raise Http404
    return get_object_or_404(Edition, pk=key)


def without(
    automatic: AutomaticMail,
    code: str,
    edition: Edition | None,
    written: dict[tuple[int | None, str], MailText],
) -> tuple[str, str]:
    """What the mail says in this language where nothing is written here."""
    shared = written.get((None, code)) if edition else None
    return (shared.subject, shared.text) if shared else original_of(automatic, code)


def initial_of(rows: dict[str, MailText]) -> dict[str, str]:
    subjects = {f"subject_{code}": row.subject for code, row in rows.items()}
    return subjects | {f"text_{code}": row.text for code, row in rows.items()}


def examples(automatic: AutomaticMail, words: dict[str, dict[str, str]]) -> list[tuple[str, str, Any]]:
    """In each language that is written, filled with examples."""
    values, found = examples_of(automatic), []
    for code, text in words["texts"].items():
        subject, content = prepared(automatic, words["subjects"][code], text, code).shown(values)
        found.append((code, subject, content))
    return found


def texts_for(edition: Edition) -> str:
    return f"{reverse(f'admin:{LIST}')}?edition={edition.pk}"


PAGES = [
    EditionPage(
        stage=Stage.REGISTRATION,
        words=gettext_lazy("Automatic mails"),
        may=lambda request: request.user.has_perm("conference.change_mailtext"),
        address=texts_for,
    )
]
