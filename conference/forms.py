"""Every form of the site is drawn by one template."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Forms and fields as the site draws them."""

    form_template_name = "_form.html"
    field_template_name = "_field.html"
