"""Notices that wait for the next page, in a cookie that no neighbour of our name can set."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class NoticeCookie(CookieStorage):
    """Named as the other cookies are; a notice that is too long waits in the session."""

    cookie_name = f"{settings.COOKIE_PREFIX}messages"


class NoticeStorage(FallbackStorage):
    storage_classes = (NoticeCookie, SessionStorage)
