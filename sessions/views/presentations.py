from django.views.generic import TemplateView


class PresentationListView(TemplateView): ...


def presentation(request, guid): ...
