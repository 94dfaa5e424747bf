"""Mail that waits, was sent or failed: to look at, and to send again."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.admin.base import EditionFilter, ReadOnlyMixin
from conference.admin.mail_texts import MailTextsMixin
from conference.mail.register import title_of
from conference.models import Outbox
from conference.services.outbox import can_be_sent_again, send_again

MORE_FILTERS: list[type[admin.SimpleListFilter]] = []  # of what the floors above know of a mail


class KindFilter(admin.SimpleListFilter):
    """Only the kinds that occur, by the names that the register gives them."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        kinds = Outbox.objects.exclude(kind="").order_by().values_list("kind", flat=True).distinct()
        return sorted(((kind, title_of(kind)) for kind in kinds), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class OfEdition(EditionFilter):
    starts_with_current = False  # mail about accounts belongs to none


@admin.register(Outbox)
class OutboxAdmin(MailTextsMixin, ReadOnlyMixin, admin.ModelAdmin):
    list_display = [
        "subject",
        "recipient",
        "shown_kind",
        "status",
        "last_error",
        "created_at",
        "sent_at",
    ]
    list_filter = ["status", KindFilter, OfEdition, "is_urgent"]
    change_list_template = "admin/mails/change_list.html"
    change_form_template = "admin/mails/change_form.html"
    search_fields = ["recipient", "subject"]
    date_hierarchy = "created_at"
    actions = ["send_selected_again"]
    fields = [
        "recipient",
        "shown_kind",
        "edition",
        "subject",
        "shown_text",
        "status",
        "attempts",
        "last_error",
        "created_at",
        "due_at",
        "sent_at",
    ]
    readonly_fields = ["shown_text", "shown_kind"]

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [*self.list_filter, *MORE_FILTERS]

    def has_change_permission(self, request: HttpRequest, obj: Outbox | None = None) -> bool:
        return False

    def has_send_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("conference.change_outbox")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        mail = context.get("original")
        context["can_be_sent_again"] = bool(
            mail and can_be_sent_again(mail) and self.has_send_permission(request)
        )
        return super().render_change_form(request, context, *args, **kwargs)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Secret texts are not found out by filtering either."""
        return lookup.split("__")[0] not in ("text", "html") and super().lookup_allowed(
            lookup, value, request
        )

    @admin.display(description=_("text"))
    def shown_text(self, row: Outbox) -> Any:
        return _("Not shown: it holds a secret of its recipient.") if row.is_secret else row.text

    @admin.display(description=_("kind"), ordering="kind")
    def shown_kind(self, row: Outbox) -> str:
        return title_of(row.kind)

    @admin.action(description=_("Send failed or held mails"), permissions=["send"])
    def send_selected_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        queued = sum(send_again(mail=mail) for mail in queryset)
        left = queryset.count() - queued
        words = ngettext("%(count)s mail queued again.", "%(count)s mails queued again.", queued)
        self.message_user(request, words % {"count": queued}, messages.SUCCESS)
        if left:
            skipped = ngettext(
                "%(count)s was left alone: only failed or held mails whose text is still here can be sent.",
                "%(count)s were left alone: only failed or held mails whose text is still here can be sent.",
                left,
            )
            self.message_user(request, skipped % {"count": left}, messages.WARNING)
