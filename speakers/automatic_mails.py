"""The automatic mail to speakers who are invited."""

from django.utils.translation import gettext_lazy as _

from conference.mail.register import AutomaticMail, Slot, register
from conference.mail.slots import linked

register(
    AutomaticMail(
        "invitation",
        _("Invitation of a speaker"),
        _("When an organiser invites a speaker to look after their own page."),
        {
            "name": Slot(_("the speaker's name"), "{{ speaker.name }}", "Grace Hopper"),
            "link": linked(_("the personal link, good once"), "{{ url }}").required(),
            "days": Slot(_("how many days the link works"), "{{ days }}", "14").required(),
        },
    ),
)
