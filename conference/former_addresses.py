"""Links survive: who comes by an address that was changed is sent on to the new one, for good."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

View = Callable[..., HttpResponseBase]


class FormerSlug(models.Model):
    """A row of the model that inherits says where something stood before: a slug, and a foreign key `now`."""

    slug = models.SlugField(_("address"), max_length=120, unique=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug


@transaction.atomic
def keep_address(*, row: Any, before: str) -> None:
    """What stood at `before` is found from there still; an address it goes back to is its own again."""
    if before and before != row.slug:
        row.former_addresses.filter(slug=row.slug).delete()
        row.former_addresses.get_or_create(slug=before)


def refuse_former_address_of_another(row: Any) -> None:
    """For clean(): a link to something else would lead here. Back to an address of its own it may go."""
    former = type(row).former_addresses.rel.related_model
    if former.objects.filter(slug=row.slug).exclude(now=row.pk).exists():
        raise ValidationError({"slug": _("This address leads to something that was moved.")})


def known_formerly(former: type[FormerSlug]) -> Callable[[View], View]:
    """A view by slug that also answers former slugs, for whom it shows what stands at the new one."""

    def wrap(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, slug: str, **kwargs: Any) -> HttpResponseBase:
            try:
                return view(request, *args, slug=slug, **kwargs)
            except Http404:
                found = former._default_manager.filter(slug=slug).first()
                if found is None:
                    raise
            new = {"slug": found.now.slug, **kwargs}  # type: ignore[attr-defined]
            view(request, *args, **new)  # what is hidden there is not found from here either
            match = request.resolver_match
            return redirect(reverse(match.view_name, args=args, kwargs=new), permanent=True)  # type: ignore[union-attr]

        return answer

    return wrap
