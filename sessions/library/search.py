"""Look through the library: what fits the question and may be seen, best first."""

from datetime import datetime

from conference.viewer import Viewer
from sessions.library.asking import Asked
from sessions.library.found import Found

__all__ = ["Asked", "Found", "search"]


def search(asked: Asked, viewer: Viewer, at: datetime | None = None, page: int = 1) -> Found:
    """Hits of one page, with counts over all matches; what the viewer may not see is in neither."""
    return Found(asked, page=page)
