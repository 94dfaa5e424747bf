"""An address of the web that is typed without https:// gets it, in every form of the site."""

import warnings

from django import forms
from django.contrib import admin
from django.db.models import URLField
from django.test import RequestFactory, TestCase
from django.utils.deprecation import RemovedInDjango60Warning

from tests.factories import make_organiser


def has_address(model):
    return any(isinstance(field, URLField) for field in model._meta.fields)


class TypedAddressTests(TestCase):
    def forms(self):
        """Of every admin, and of what stands inside it, whose rows hold addresses."""
        request = RequestFactory().get("/admin/")
        request.user = make_organiser()
        for model, model_admin in admin.site._registry.items():
            if has_address(model):
                yield model, model_admin.get_form(request)
            for inline in model_admin.get_inline_instances(request):
                if has_address(inline.model):
                    yield inline.model, inline.get_formset(request).form

    def test_forms_of_the_admin_add_https(self):
        with warnings.catch_warnings():
            warnings.simplefilter("error", RemovedInDjango60Warning)
            found = list(self.forms())

        schemes = {
            f"{model.__name__}.{name}": field.assume_scheme
            for model, form in found
            for name, field in form.base_fields.items()
            if isinstance(field, forms.URLField)
        }
        self.assertEqual(set(schemes.values()), {"https"})
        self.assertLessEqual({"SessionLink.url", "Speaker.website", "Competence.address"}, set(schemes))
