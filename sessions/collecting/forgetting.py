"""Upload links that opened their last page long ago are forgotten, with the addresses they were sent to."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from conference import clock
from sessions.models import PresentationFile, UploadLink

KEPT_FOR = timedelta(days=30)  # so long organisers may still want to know where a mail went


@transaction.atomic
def forget_old_links(at: datetime | None = None) -> int:
    """Delete those that ran out or were taken back 30 days ago; answers how many links that concerned.

    One by which something came stays as the record of whose it is, without the address.
    """
    before = (at or clock.now()) - KEPT_FOR
    over = UploadLink.objects.filter(Q(expires_at__lte=before) | Q(revoked_at__lte=before))
    brought = Exists(PresentationFile.objects.filter(upload_link=OuterRef("pk")))
    emptied = over.filter(brought).exclude(email="").update(email="")
    return emptied + over.exclude(brought).delete()[0]
