"""The front door: the current edition, all editions, themes and organiser-written pages."""

from django.http import HttpRequest, HttpResponse
from django.views.generic import TemplateView


def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse("home")


class EditionListView(TemplateView):
    template_name = "conference/edition_list.html"


class ThemeView(TemplateView):
    template_name = "conference/theme.html"


class PageView(TemplateView):
    template_name = "conference/page.html"


class EditionPageView(TemplateView):
    template_name = "conference/page.html"
