"""A person over all editions: every session they appeared in, with the role they had then."""

from django.views.generic import TemplateView


class SpeakerView(TemplateView):
    template_name = "speakers/speaker.html"
