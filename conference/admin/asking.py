"""A page between a button and what it does: it says what will happen and asks what must be known."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse

TEMPLATE = "admin/asking.html"


def asking_page(
    request: HttpRequest, model_admin: admin.ModelAdmin, form: forms.Form, **context: Any
) -> TemplateResponse:
    """Draw the form. Context: title, button, and optionally lines (sentences), rows (objects), original."""
    shared = {"opts": model_admin.opts, "form": form, "media": model_admin.media + form.media}
    return TemplateResponse(
        request, TEMPLATE, {**model_admin.admin_site.each_context(request), **shared, **context}
    )
