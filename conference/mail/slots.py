"""Places that many automatic mails have."""

from django.utils.translation import gettext_lazy as _

from conference.mail.register import Slot

SITE = "https://conference.example"
NAME = Slot(_("the person's name"), "{{ name }}", "Ada Lovelace")
EDITION = Slot(_("the title of the edition"), "{{ edition.title }}", "Second European Conference")
LINK = Slot(_("the page to go to"), "{{ link }}", f"{SITE}/page/")
REASON = Slot(_("the reason that was given, if any"), "{{ reason }}", "There are too few places.")


def linked(words: object, source: str) -> Slot:
    return Slot(words, source, f"{SITE}/page/")
