"""People with an account. Nobody types a password for another: one comes in by a code or sets their own."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from conference.accounts.closing import LastOrganiser, close_account, closes_the_last
from conference.admin.language_choice import LanguageChoice
from conference.languages import site_choices
from conference.models import User

# Only a superuser hands these out, so that no organiser can make themselves or a friend one.
POWERS = ["is_superuser", "user_permissions"]


class NewUserForm(forms.ModelForm):
    """An account by address and name; without a password of somebody else's making."""

    class Meta:
        model = User
        fields = ["email", "name", "country", "language", "is_staff", "groups"]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        return super().save(commit)


@admin.register(User)
class UserAdmin(LanguageChoice, admin.ModelAdmin):
    add_form = NewUserForm
    names_of_languages = staticmethod(site_choices)  # in which we write to them
    list_display = ["name", "email", "country", "is_staff", "is_superuser", "is_active", "created_at"]
    list_filter = ["is_staff", "is_active", "groups"]
    search_fields = ["name", "email"]
    filter_horizontal = ["groups", "user_permissions"]
    readonly_fields = ["email", "last_login", "created_at"]
    add_fieldsets = [
        (
            None,
            {
                "fields": ["email", "name", "country", "language"],
                "description": _(
                    "The person logs in with a code sent to this address, and may set a password of their own."
                ),
            },
        ),
        (_("In the admin"), {"fields": ["is_staff", "groups"]}),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if not obj:
            return self.add_fieldsets
        person = (None, {"fields": ["email", "name", "country", "language", "last_login", "created_at"]})
        if not self.has_change_permission(request):
            return [(None, {"fields": ["name", "email", "country"]})]
        powers = POWERS if request.user.is_superuser else []
        return [person, (_("In the admin"), {"fields": ["is_active", "is_staff", "groups", *powers]})]

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if not obj:
            kwargs["form"] = self.add_form
        return super().get_form(request, obj, change, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        return self.readonly_fields if obj else []

    def get_list_display(self, request: HttpRequest) -> Any:
        return self.list_display if self.has_change_permission(request) else ["name", "email", "country"]

    def get_list_filter(self, request: HttpRequest) -> Any:
        return self.list_filter if self.has_change_permission(request) else []

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._may_touch(request, obj)

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        close_account(user=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for user in queryset:
            close_account(user=user)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Only the accounts: their places are given back and what stays is nobody's, so nothing stands in the way."""
        people = list(objs)
        last = [str(LastOrganiser())] if closes_the_last(people) else []
        kept = {self.opts.verbose_name for one in people if not self.has_delete_permission(request, one)}
        return [str(one) for one in people], {self.opts.verbose_name_plural: len(people)}, kept, last

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """No list is filtered by a password's hash, not even letter by letter."""
        return lookup.split("__")[0] != "password" and super().lookup_allowed(lookup, value, request)

    def _may_touch(self, request: HttpRequest, obj: User | None) -> bool:
        return request.user.is_superuser or not (obj and obj.is_superuser)
