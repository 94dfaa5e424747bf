"""Who got which letter is forgotten when the mails themselves are; how many they were stays."""

from datetime import datetime, timedelta

from django.db.models import Q

from conference import clock
from conference.accounts.closing import Leaving
from conference.accounts.traces import addresses_of
from registration.models import Addressee

KEPT = timedelta(days=90)  # as long as mail that was sent


def forget_old_addressees(at: datetime | None = None) -> int:
    """Of letters that are over; of one that somebody stopped, when nothing of it moved for so long."""
    before = (at or clock.now()) - KEPT
    over = Q(letter__finished_at__lt=before)
    over |= Q(letter__status="stopped", letter__finished_at=None, letter__began_at__lt=before)
    return Addressee.objects.filter(over).delete()[0]


def forget_person(leaving: Leaving) -> None:
    """Of a closed account, also the letters that its addresses got before the account was there, and those to it as
    somebody on stage; call it while the page on stage still says whose it is.
    """
    theirs = Q(address__in=addresses_of(leaving.user)) | Q(speaker__user=leaving.user)
    Addressee.objects.filter(theirs).delete()
