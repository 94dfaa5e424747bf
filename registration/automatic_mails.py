"""The automatic mails about registrations, workshops, groups, certificates and packs."""

from django.utils.translation import gettext_lazy as _

from conference.mail.register import AutomaticMail, Slot, register
from conference.mail.slots import EDITION, LINK, NAME, linked

REFERENCE = Slot(_("reference of the registration"), "{{ registration.reference }}", "K7QM2XPA")
FEE = Slot(_("the fee, if there is one"), "{{ fee }}", "120.00 EUR")
TICKET = linked(_("the person's ticket"), "{{ ticket_link }}")
GIVE_BACK = linked(_("where the place is given back"), "{{ give_back_link }}")
POSITION = Slot(_("the number on the waiting list"), "{{ position }}", "3")
WORKSHOP = Slot(_("the workshop"), "{{ workshop.title }}", "Teaching debate")
WENT_BACK = Slot(
    _("places that went back for it, if any"),
    "{% for one in given_back %}{{ one.title }}\n{% endfor %}",
    "Drama",
)
SESSION = Slot(_("the session"), "{{ session.title }}", "Country groups")
OUTCOMES = Slot(
    _("the outcomes"), "{% for one in outcomes %}– {{ one.problem }}\n{% endfor %}", "– Too little time"
)
CERTIFICATE = Slot(_("the number of the certificate"), "{{ certificate }}", "second-0042")
ROUND = Slot(_("the round"), "{{ round.name }}", "Friday afternoon")
MORE = Slot(
    _("waiting lists and workshops that do not take place, if any"),
    '{% include "mail/_allocation_more.txt" %}',
    "You are number 2 on the waiting list of “Drama”, which you wanted more.",
)
OF_PLACE = {"name": NAME, "edition": EDITION, "reference": REFERENCE}
ABOUT = {"name": NAME, "edition": EDITION}


def mail(name: str, title: object, when: object, /, **slots: Slot) -> AutomaticMail:
    return AutomaticMail(name, title, when, slots)


register(
    mail(
        "registration_confirmed", _("You are registered"), _("When somebody has a place. The ticket is enclosed."),
        **OF_PLACE, fee=FEE, ticket=TICKET.required(), link=LINK.required(),
    ),
    mail(
        "registration_waiting", _("You are on the waiting list"), _("When an edition is full."),
        **OF_PLACE, position=POSITION, link=LINK.required(),
    ),
    mail(
        "registration_pending", _("The organisers have your registration"), _("When a registration needs approval."),
        **OF_PLACE, link=LINK.required(),
    ),
    mail(
        "registration_promoted", _("A place came free, and it is yours"),
        _("When somebody moves up from the waiting list. The ticket is enclosed."),
        **OF_PLACE, fee=FEE, ticket=TICKET.required(), link=LINK, give_back=GIVE_BACK.required(),
    ),
    mail(
        "registration_refused", _("Your registration was not approved"), _("When organisers do not approve it."),
        **OF_PLACE, link=LINK,
        reason=Slot(
            _("the reason, if one was given"), "{{ registration.refusal_reason }}", "This day is for teachers."
        ).required(),
    ),
    mail(
        "registration_moved", _("Your kind of registration was changed"), _("When organisers change it."),
        **OF_PLACE, position=POSITION, link=LINK,
        kind=Slot(_("the new kind"), "{{ registration.registration_type.name }}", "Speaker").required(),
    ),
    mail(
        "registration_cancelled", _("Your registration is cancelled"), _("When somebody cancels."), **OF_PLACE,
        workshops=Slot(
            _("workshops whose places went with it"), "{% for one in workshops %}{{ one.title }}\n{% endfor %}",
            "Drama",
        ),
        link=LINK,
    ),
    mail(
        "ticket_reissued", _("Your new ticket"), _("When a ticket is issued anew. It is enclosed."), **ABOUT,
        ticket=TICKET.required(),
    ),
    mail(
        "workshop_booked", _("You have a place in a workshop"), _("When somebody books a place."), **ABOUT,
        workshop=WORKSHOP.required(), given_back=WENT_BACK, link=LINK,
    ),
    mail(
        "workshop_waiting", _("You wait for a place in a workshop"), _("When a workshop is full."), **ABOUT,
        workshop=WORKSHOP.required(), position=POSITION, given_back=WENT_BACK, link=LINK,
    ),
    mail(
        "workshop_promoted", _("A place in a workshop is yours"), _("When somebody moves up in a workshop."), **ABOUT,
        workshop=WORKSHOP.required(), given_back=WENT_BACK, give_back=GIVE_BACK.required(), link=LINK,
    ),
    mail(
        "workshop_given_back", _("You gave a place back"), _("When somebody gives back a place in a workshop."),
        **ABOUT, workshop=WORKSHOP.required(), link=LINK,
    ),
    mail(
        "workshop_allocated", _("Ranked choice: you have a place"), _("When the result of a round is published."),
        **ABOUT, round=ROUND, more=MORE, link=LINK,
        workshop=Slot(_("the workshop"), "{{ news.workshop.title }}", "Teaching debate").required(),
        rank=Slot(_("which choice it was, if any"), "{{ rank }}", "second choice"),
    ),
    mail(
        "workshop_not_allocated", _("Ranked choice: no place yet"), _("When the result of a round is published."),
        **ABOUT, round=ROUND, more=MORE.required(), link=LINK,
        clashes=Slot(
            _("what the person has at that time, if anything"),
            "{% for one in news.clashes %}{{ one.workshop.title }}\n{% endfor %}", "Drama",
        ).required(),
    ),
    mail(
        "claim_ran_out", _("Not taken over in time"), _("When a colleague did not take a registration over."),
        **ABOUT, email=Slot(_("the colleague's address"), "{{ email }}", "ben@school.example").required(), link=LINK,
    ),
    mail(
        "claim_taken_over", _("Your registration is handed over"), _("When a colleague took it over."), **ABOUT,
        email=Slot(_("the colleague's address"), "{{ email }}", "ben@school.example").required(),
        link=linked(_("the person's registrations"), "{{ link }}"),
    ),
    mail(
        "certificate_issued", _("Your certificate"), _("When a certificate is issued. It is enclosed."), **ABOUT,
        certificate=CERTIFICATE, link=LINK,
        replaces=Slot(_("which one it stands in for, if any"), "{{ replaces|default_if_none:'' }}", "second-0041"),
        check=linked(_("where anybody checks it"), "{{ check }}").required(),
    ),
    mail(
        "certificate_revoked", _("Your certificate is no longer valid"), _("When organisers take it back."), **ABOUT,
        certificate=CERTIFICATE.required(), link=LINK,
        reason=Slot(_("the reason, if one was given"), "{{ certificate.revoke_reason }}", "A wrong name").required(),
    ),
    mail(
        "group", _("Your group"), _("When the groups of a session are published, or somebody is moved."),
        session=SESSION, edition=EDITION, link=LINK,
        group=Slot(_("the group"), "{{ circle.group.name }}", "Belgium").required(),
        room=Slot(_("its room, if any"), "{{ circle.room.name|default_if_none:'' }}", "Room 1"),
        facilitators=Slot(
            _("who facilitates it"),
            "{% for one in circle.facilitators %}{{ one.public_name }}\n{% endfor %}", "Grace Hopper",
        ),
    ),
    mail(
        "outcomes_approved", _("Outcomes are approved"), _("When organisers approve outcomes of a session."),
        name=NAME, session=SESSION, outcomes=OUTCOMES, link=LINK,
    ),
    mail(
        "outcomes_sent_back", _("Please look again at the outcomes"), _("When organisers send outcomes back."),
        name=NAME, session=SESSION, outcomes=OUTCOMES,
        reason=Slot(_("what the organisers wrote"), "{{ reason }}", "Please name the school.").required(),
        link=linked(_("where they are changed"), "{{ write_link }}").required(),
    ),
    mail(
        "pack_ready", _("Your pack is ready"), _("When a large pack of presentations was made."),
        title=Slot(_("the pack"), "{{ title }}", "Second European Conference"),
        until=Slot(_("until when it can be fetched"), '{{ expires_at|date:"DATETIME_FORMAT" }} (UTC)', "8 March 2027"),
        link=linked(_("where it is fetched"), "{{ url }}").required(),
    ),
    mail(
        "timetable_changed", _("Changes in your programme"),
        _("When a release of the timetable changes what somebody starred, booked or appears in."), **ABOUT,
        changes=Slot(
            _("what changed for this person"), "{% for one in changes %}{{ one }}\n{% endfor %}",
            "Teaching debate: now in Room 2",
        ).required(),
        note=Slot(_("what the organisers wrote, if anything"), "{{ note }}", "Sorry for the change."),
        link=linked(_("the person's programme"), "{{ link }}"),
        release=linked(_("all that changed"), "{{ release_link }}"),
        unsubscribe=linked(_("where one unsubscribes"), "{{ unsubscribe_link }}").required(),
    ),
    AutomaticMail(
        "claim_offered", _("A registration for a colleague"), _("When somebody registers a colleague, or hands over."),
        fixed_because=_("It goes to people who do not know this site yet: nothing that anybody wrote stands in it."),
    ),
    AutomaticMail(
        "from_facilitator", _("A letter of a facilitator"), _("When somebody who leads a session writes to its people."),
        fixed_because=_("Its words are those of whoever writes, below a line that says who that is."),
    ),
    AutomaticMail(
        "letter", _("A letter of the organisers"), _("When organisers write to people, or at moments they chose."),
        fixed_because=_("Its words are written for each letter."),
    ),
)  # fmt: skip
