from django.views.generic import TemplateView


class ProgrammeView(TemplateView): ...
