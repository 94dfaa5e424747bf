"""Write down that a preview is wanted; the worker makes it soon."""

from django.db import transaction

from sessions.models import PresentationFile, Preview

State = Preview.State
PREVIEWED = frozenset({"pdf", "pptx", "odp"})  # formats that have pages we can read


@transaction.atomic
def ask_for_preview(version: PresentationFile) -> Preview | None:
    """In the transaction that writes the version; a link has none, and the same content has one preview."""
    if not version.file or not version.sha256:
        return None
    state = State.WAITING if version.format in PREVIEWED else State.NONE
    preview, _is_new = Preview.objects.select_for_update(no_key=True).get_or_create(
        sha256=version.sha256, defaults={"format": version.format, "state": state}
    )
    version.preview = preview
    version.save(update_fields=["preview"])
    return preview


@transaction.atomic
def ask_again(*, preview: Preview) -> bool:
    """On demand, whatever came out before; not while it is being made."""
    again = Preview.objects.filter(pk=preview.pk, format__in=PREVIEWED).exclude(state=State.RUNNING)
    return bool(again.update(state=State.WAITING, attempts=0, done=0, reason="", beat_at=None))


def ask_for_missing(limit: int = 200) -> int:
    """Of files that came before there were previews; some each time, the newest first."""
    without = PresentationFile.objects.filter(preview=None).exclude(file="").exclude(sha256="")
    versions = list(without.order_by("-pk")[:limit])
    for version in versions:
        ask_for_preview(version)
    return len(versions)
