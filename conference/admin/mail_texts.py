"""The automatic mails: all that there are, when each goes, and its words, which organisers change and restore."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from conference.admin.base import AnyAdmin
from conference.mail.edited import examples_of, prepared, restore_original, save_texts
from conference.mail.filling import places_in
from conference.mail.originals import original_of
from conference.mail.register import REGISTER, AutomaticMail
from conference.mail.words import LANGUAGES, WordsForm
from conference.models import MailText

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
        changed: dict[str, list[str]] = {}
        for kind, language in MailText.objects.values_list("kind", "language"):
            changed.setdefault(kind, []).append(str(get_language_info(language)["name_translated"]))
        mails = [(mail, changed.get(mail.name, [])) for mail in REGISTER.values()]
        return self.mail_texts_page(request, "list", _("Automatic mails"), mails=mails)

    def mail_text_view(self, request: HttpRequest, name: str) -> HttpResponse:
        may_change(request)
        automatic = REGISTER.get(name)
        if not automatic or automatic.fixed_because:
            raise Http404
        if request.method == "POST" and "restore" in request.POST:
            restore_original(kind=name)
            return self.mail_text_done(request, automatic, _("The original words are back."))
        rows = {row.language: row for row in MailText.objects.filter(kind=name)}
        form = MailTextForm(
            request.POST if request.method == "POST" else None, automatic=automatic, initial=initial_of(rows)
        )
        is_valid = request.method == "POST" and form.is_valid()
        if is_valid and "preview" not in request.POST:
            save_texts(kind=name, **form.words())
            return self.mail_text_done(request, automatic, _("Saved. From now on the mail has these words."))
        context = {
            "automatic": automatic,
            "form": form,
            "is_changed": bool(rows),
            "originals": [(code, *original_of(automatic, code)) for code in LANGUAGES],
            "examples": examples(automatic, form.words()) if is_valid or not form.is_bound else [],
        }
        return self.mail_texts_page(request, "edit", str(automatic.title), **context)

    def mail_text_done(self, request: HttpRequest, automatic: AutomaticMail, words: str) -> HttpResponse:
        self.message_user(request, words, messages.SUCCESS)
        return redirect(f"admin:{ONE}", automatic.name)

    def mail_texts_page(self, request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return TemplateResponse(request, f"admin/mails/{name}.html", {**shared, **context})


def may_change(request: HttpRequest) -> None:
    if not request.user.has_perm("conference.change_mailtext"):
        raise PermissionDenied


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
