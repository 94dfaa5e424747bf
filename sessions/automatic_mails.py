"""The automatic mails about presentations."""

from django.utils.translation import gettext_lazy as _

from conference.mail.register import AutomaticMail, Slot, register
from conference.mail.slots import EDITION, NAME, linked

TO_ORGANISERS = _("It goes to whoever runs the site and says exactly what is wrong with which file.")
PERSON = Slot(_("the person's name"), "{{ person.name }}", "Grace Hopper")
TITLE = Slot(_("the title of the presentation"), "{{ presentation.title }}", "Teaching debate")
NUMBER = Slot(_("the number of the version"), "{{ version.number }}", "2")
MANAGE = linked(_("where the speaker looks after it"), "{{ manage_url }}")
UNTIL = Slot(_("until when the link works"), "{{ until }}", "8 March 2027, 10:00 (time in Brussels)")
OWED = """{% for line in lines %}{{ line.title }}{% if line.is_refused %}: {% translate "what you sent has to be mended, please send it again" %}{% elif line.promised_for %}: {% blocktranslate with day=line.promised_for|date:"j F Y" %}you promised it for {{ day }}{% endblocktranslate %}{% endif %}
{{ line.url }}
{% endfor %}"""

register(
    AutomaticMail(
        "slides_missing",
        _("Presentations are missing"),
        _(
            "At the moments of the automatic reminders, or by the button on the board of missing presentations."
        ),
        {
            "name": NAME,
            "edition": EDITION,
            "due": Slot(
                _("until when presentations are due, if that is set"), "{{ due }}", "8 March 2027, 10:00"
            ),
            "sessions": Slot(
                _("what is missing, each with the address at which to bring it"),
                OWED,
                "Teaching debate\nhttps://conference.example/upload/",
            ).required(),
            "until": UNTIL,
        },
    ),
    AutomaticMail(
        "upload_link",
        _("A personal upload link"),
        _("When an organiser sends one, or a speaker asks for another."),
        {
            "name": NAME,
            "session": Slot(_("the session"), "{{ session.title }}", "Teaching debate"),
            "link": linked(_("the personal link"), "{{ url }}").required(),
            "until": UNTIL.required(),
        },
    ),
    AutomaticMail(
        "approved",
        _("Your presentation is public"),
        _("When organisers approve a version."),
        {"name": PERSON, "title": TITLE, "number": NUMBER, "link": linked(_("its page"), "{{ public_url }}")},
    ),
    AutomaticMail(
        "refused",
        _("Please mend your presentation"),
        _("When organisers refuse a version."),
        {
            "name": PERSON,
            "title": TITLE,
            "number": NUMBER,
            "reason": Slot(
                _("what the organisers wrote"), "{{ version.refusal_reason }}", "The pictures have no source."
            ).required(),
            "link": MANAGE.required(),
        },
    ),
    AutomaticMail(
        "withdrawn",
        _("Your presentation is no longer on the site"),
        _("When organisers withdraw a presentation."),
        {"name": PERSON, "title": TITLE, "link": MANAGE},
    ),
    *(
        AutomaticMail(name, title, _("When the site finds it out."), fixed_because=TO_ORGANISERS)
        for name, title in (
            ("virus_found", _("The virus scanner refused a file")),
            ("files_damaged", _("Stored files are missing or changed")),
            ("file_missing", _("A file is missing")),
            ("page_picture_missing", _("A picture of a page is missing")),
        )
    ),
)
