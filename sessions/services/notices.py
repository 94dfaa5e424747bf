"""Mail to the people behind a presentation about what was decided."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import override

from conference.mail import absolute, queue_mail
from conference.models import User
from sessions.collecting.answering import tell_all_by_link, tell_by_link
from sessions.models import Presentation


def people_behind(presentation: Presentation) -> list[User]:
    """Who uploaded it, and the session's speakers who have an account."""
    behind = Q(pk=presentation.uploaded_by_id)
    if presentation.session_id:
        behind |= Q(speaker__appearances__session=presentation.session_id)
    return list(User.objects.filter(behind, is_active=True).distinct().order_by("pk"))


def tell_speakers(presentation: Presentation, template: str, by: User | None = None, **context: Any) -> None:
    """One mail each, in their own language; whoever decided needs none."""
    if "version" in context:
        tell_by_link(context["version"], template, by)
    else:
        tell_all_by_link(presentation, template, by)
    for person in people_behind(presentation):
        if by and person.pk == by.pk:
            continue
        with override(person.language):
            public, manage = (
                absolute(presentation.get_absolute_url()),
                absolute(reverse("sessions:manage_presentation", args=[presentation.guid])),
            )
        queue_mail(
            to=person.email,
            template=template,
            context={
                "person": person,
                "presentation": presentation,
                "public_url": public,
                "manage_url": manage,
                **context,
            },
            language=person.language,
        )
