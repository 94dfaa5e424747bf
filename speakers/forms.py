"""What speakers say about themselves."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.pictures import CleanPicture, RefusedPicture, clean_picture
from conference.trail.seeing import Seen
from speakers.models import Speaker

PORTRAIT_SIDE = 800  # pixels
PORTRAIT_MB = 8
MAX_BIOGRAPHY = 5000


class ProfileForm(Seen):
    """A minor has no portrait and no link, and is asked for none. An organiser may edit the same meanwhile."""

    website = forms.URLField(
        label=gettext_lazy("Website"),
        required=False,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
    )
    biography = forms.CharField(
        label=gettext_lazy("Biography"),
        required=False,
        max_length=MAX_BIOGRAPHY,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Markdown: **bold**, *italic*, lists and links."),
    )
    portrait = forms.FileField(
        label=gettext_lazy("Portrait"),
        required=False,
        allow_empty_file=True,  # so that our own check says what to do about it
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    remove_portrait = forms.BooleanField(label=gettext_lazy("Take my portrait away"), required=False)

    class Meta:
        model = Speaker
        fields = ["name", "country", "biography", "website", "portrait_description"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(
            ["name", "country", "biography", "website", "portrait", "portrait_description", "remove_portrait"]
        )
        self.fields["portrait"].help_text = _(
            "JPEG, PNG or WebP, at most %(limit)s MB. Place and camera are taken out."
        ) % {"limit": PORTRAIT_MB}
        self.fields["portrait_description"].help_text = _("For people who do not see it.")
        unwanted = ["remove_portrait"] if not self.instance.portrait else []
        if self.instance.is_minor:
            unwanted = ["website", "portrait", "portrait_description", "remove_portrait"]
        for name in unwanted:
            del self.fields[name]

    def clean_portrait(self) -> CleanPicture | None:
        uploads = self.files.getlist("portrait") if self.files else []
        if len(uploads) > 1:
            raise ValidationError(_("Choose one picture."))
        if not uploads:
            return None
        try:
            return clean_picture(uploads[0], max_side=PORTRAIT_SIDE, max_bytes=PORTRAIT_MB * 1024**2)
        except RefusedPicture as refusal:
            raise ValidationError(str(refusal)) from refusal
