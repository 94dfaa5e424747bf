"""Mail that waits, was sent or failed: to look at, and to send again."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.admin.base import ReadOnlyMixin
from conference.models import Outbox
from conference.services.outbox import send_again


@admin.register(Outbox)
class OutboxAdmin(ReadOnlyMixin, admin.ModelAdmin):
    list_display = ["subject", "recipient", "status", "attempts", "last_error", "created_at", "sent_at"]
    list_filter = ["status", "is_urgent"]
    search_fields = ["recipient", "subject"]
    date_hierarchy = "created_at"
    actions = ["send_selected_again"]
    fields = [
        "recipient",
        "subject",
        "shown_text",
        "status",
        "attempts",
        "last_error",
        "created_at",
        "due_at",
        "sent_at",
    ]
    readonly_fields = ["shown_text"]

    def has_change_permission(self, request: HttpRequest, obj: Outbox | None = None) -> bool:
        return False

    def has_send_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("conference.change_outbox")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Secret texts are not found out by filtering either."""
        return lookup.split("__")[0] not in ("text", "html") and super().lookup_allowed(
            lookup, value, request
        )

    @admin.display(description=_("text"))
    def shown_text(self, row: Outbox) -> Any:
        return _("Not shown: it holds a secret of its recipient.") if row.is_secret else row.text

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
