from django.http import HttpRequest, HttpResponse
from django.views.generic import TemplateView


class SpeakerView(TemplateView):
    template_name = "speakers/speaker.html"


def edit_profile(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    return HttpResponse("")
