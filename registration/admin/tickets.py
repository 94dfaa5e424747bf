"""Tickets in the admin: a new code for whoever lost theirs, from the list of registrations or the desk."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.admin.base import AnyAdmin, person
from registration.exceptions import Refusal
from registration.models import Registration
from registration.services.tickets import reissue


class TicketsMixin(AnyAdmin):
    @admin.action(description=_("Issue new tickets; the old codes end at once"), permissions=["cancel"])
    def reissue_selected(self, request: HttpRequest, queryset: QuerySet[Registration]) -> None:
        """Each gets a mail with the new code; who has no place is named."""
        count = 0
        for registration in queryset:
            try:
                reissue(registration=registration, by=person(request))
            except Refusal as refusal:
                self.message_user(request, f"{registration}: {refusal}", messages.WARNING)
            else:
                self.log_change(request, registration, _("New ticket."))
                count += 1
        words = ngettext("%(count)s new ticket is issued.", "%(count)s new tickets are issued.", count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS)
