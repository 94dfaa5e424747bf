"""How far a preview is, in words for whoever uploaded the file."""

from django.utils.translation import gettext as _

from sessions.models import Preview

State = Preview.State


def state_words(preview: Preview) -> str:
    if preview.state == State.RUNNING and preview.page_count:
        done = {"done": preview.done, "count": preview.page_count}
        return _("The preview is being made: page %(done)s of %(count)s.") % done
    return {
        State.WAITING: _("The preview is made in a moment."),
        State.RUNNING: _("The preview is being made."),
        State.DONE: _("The preview is made."),
        State.FAILED: " ".join(filter(None, [_("There is no preview."), reason_of(preview)])),
        State.NONE: _("This format has no preview; the file itself is offered."),
    }[State(preview.state)]


def reason_of(preview: Preview) -> str:
    """Kept in English; said in the language of whoever reads it."""
    return _(preview.reason) if preview.reason else ""
