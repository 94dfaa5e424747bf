"""Whoever takes a pack: asked anew who they are whenever a file's turn has come."""

from dataclasses import dataclass

from django.http import HttpRequest

from conference.models import User
from conference.once import asker
from conference.viewer import ANONYMOUS, Viewer
from registration.middleware import may_see_all, viewer_for


class NoLongerYours(Exception):  # noqa: N818
    """What this person may have changed while the pack was sent; the rest is not."""


@dataclass(frozen=True)
class Holder:
    """A visitor without a key; `is_organiser` as they proved to be when they asked; a reader for whom downloads count."""

    user_id: int | None = None
    is_organiser: bool = False
    reader: str = ""

    def user(self) -> User | None:
        return User.objects.filter(pk=self.user_id, is_active=True).first() if self.user_id else None

    def viewer(self) -> Viewer:
        """Facts as they are now: a place given back or a role taken away counts at once."""
        user = self.user()
        if user is None:
            return ANONYMOUS
        return viewer_for(user, is_organiser=self.is_organiser and may_see_all(user))


def holder_of(request: HttpRequest) -> Holder:
    viewer = request.viewer  # type: ignore[attr-defined]
    return Holder(viewer.user_id, viewer.is_organiser, asker(request))
