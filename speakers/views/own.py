"""A speaker's own profile, and the invitation by which they take it over."""

from django.http import HttpRequest, HttpResponse


def edit_profile(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    return HttpResponse("")
