"""Every form of the site is drawn by one template, and every picture it takes is made anew."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.renderers import TemplatesSetting

from conference.pictures import RefusedPicture, clean_picture

LONGEST_SIDE = 1200  # pixels
LARGEST_PICTURE = 10 * 1024**2  # bytes


class FormRenderer(TemplatesSetting):
    """Forms and fields as the site draws them."""

    form_template_name = "_form.html"
    field_template_name = "_field.html"


class PictureField(forms.FileField):
    """A picture of which nothing is kept but what one sees, under a name of our own."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if not upload or upload is initial:
            return upload
        try:
            picture = clean_picture(upload, max_side=LONGEST_SIDE, max_bytes=LARGEST_PICTURE)
        except RefusedPicture as refusal:
            raise ValidationError(str(refusal)) from refusal
        return SimpleUploadedFile(
            f"{uuid.uuid4().hex}{picture.extension}", picture.content, picture.content_type
        )
