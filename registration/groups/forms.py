"""What one who leads a session fills in: a letter to its people."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.models import User
from conference.templatetags.texts import shown
from registration.groups.letters import Letter
from registration.groups.people import Company
from registration.models import Group
from sessions.models import Session


class LetterForm(forms.Form):
    """To whom is asked only where there are several groups; everything else is the writer's."""

    to = forms.ChoiceField(label=gettext_lazy("To"))
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=120)
    text = forms.CharField(
        label=gettext_lazy("Message"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("Plain text, sent as you write it."),
    )
    may_answer = forms.BooleanField(
        label=gettext_lazy("Say my email address, so that people can answer me"), required=False
    )

    def __init__(self, *args: Any, companies: list[Company], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.companies = {company.key: company for company in companies}
        choices = [(key, label_of(company)) for key, company in self.companies.items()]
        if len(choices) > 1:
            choices.insert(
                0, ("all", _("everybody (%(count)s)") % {"count": sum(len(c.readers) for c in companies)})
            )
        field = cast(forms.ChoiceField, self.fields["to"])
        field.choices = choices
        if len(choices) == 1:
            field.required, field.initial, field.widget = False, choices[0][0], forms.HiddenInput()

    @property
    def chosen(self) -> list[Company]:
        """The groups it goes to."""
        asked = self.cleaned_data.get("to") or next(iter(self.companies), "")
        return [self.companies[asked]] if asked in self.companies else list(self.companies.values())

    @property
    def group(self) -> Group | None:
        """The one group it is for; none when it goes to everybody."""
        return self.chosen[0].group if len(self.chosen) == 1 else None

    @property
    def people(self) -> list[User]:
        """Each once, in the order of the list."""
        return list({one.pk: one for company in self.chosen for one in company.readers}.values())

    def letter(self, session: Session, sender: User) -> Letter:
        return Letter(
            session=session,
            sender=sender,
            subject=self.cleaned_data["subject"],
            text=self.cleaned_data["text"],
            group=self.group,
            may_answer=self.cleaned_data["may_answer"],
        )

    def clean_subject(self) -> str:
        return " ".join(self.cleaned_data["subject"].split())


def label_of(company: Company) -> str:
    name = shown(company.group, "name")[0] if company.group else _("everybody")
    return f"{name} ({len(company.readers)})"
