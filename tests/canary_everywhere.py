"""The person of the canaries with something in every personal field of the register, which is walked for it.

A field that nothing here fills fails the test that asks `not_filled`: say below whose row it is, or why none may stand.
"""

from contextlib import suppress
from datetime import timedelta

from allauth.account.models import EmailConfirmation
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group as AccountGroup
from django.contrib.auth.models import Permission
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from conference.mail import queue_mail
from conference.models import Bounce, Edition, User
from conference.privacy.register import Personal, Table, tables
from conference.privacy.rows import rows_of
from registration.models import (
    AllocatedPlace,
    Allocation,
    CertificateRule,
    FeedbackPlan,
    FeedbackSheet,
    FixedPlace,
    Group,
    GroupPlace,
    GroupPlan,
    Letter,
    RoundWorkshop,
)
from sessions.models import Credit, Publication, SlotChange, Star, UploadLink
from speakers.models import Availability, Speaker
from tests.canaries import ADDRESS, CANARY, CanaryCase
from tests.factories import (
    make_answer,
    make_appearance,
    make_invoice_request,
    make_presentation,
    make_preview,
    make_question,
    make_registration,
    make_release,
    make_session,
    make_slot,
    make_speaker,
    make_workshop,
)

# Tables that say of nobody whose they are, or that there is nothing of before an account is closed.
NOBODYS = {
    "conference.ClosedAccount": "is written when the account is closed, and says nothing of its person",
    "conference.RateCount": "holds hashes and goes within a day",
    "registration.FeedbackSheet": "nobody can tell whose a text is",
    "registration.CertificateRule": "names whoever signs for the organisers, until one of them changes it",
}
# What the program itself writes: words of ours, never of a person.
OURS = {
    "kind",
    "status",
    "format",
    "content_type",
    "language",
    "reason",
    "way",
    "part",
    "currency",
    "licence",
    "audience",
}
OURS |= {
    "type",
    "before",
    "after",
    "role",
    "country",
    "facets",
    "consent_version",
    "doi",
    "session_data",
    "enclosures",
}
# What a workshop agreed on stays, as the register says; of its texts only the contact is a person's.
STAYS = {f"registration.Outcome.{name}" for name in ("problem", "action", "who", "deadline", "reason")}
SHORTEST = 8  # letters of a code that is looked for by itself
STAGE = f"stage.{ADDRESS}"


class EverywhereCase(CanaryCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.work_for_others()
        cls.take_part_in_everything()
        cls.slides.refresh_from_db()
        fill_what_is_empty(cls.ada, besides=[cls.slides, cls.slides.current_file])
        cls.codes = codes_of(cls.ada)

    @classmethod
    def work_for_others(cls):
        """What an organiser leaves: on rows of others."""
        ada, edition, now = cls.ada, cls.edition, timezone.now()
        LogEntry.objects.create(user=ada, object_repr=CANARY, action_flag=CHANGE, change_message=CANARY)
        letter = Letter.objects.create(edition=edition, written_by=ada, sent_by=ada, finished_at=now)
        letter.addressees.create(user=ada, address=ADDRESS, language="en", written_at=now)
        speaker = Speaker.objects.get(user=ada)
        letter.addressees.create(speaker=speaker, address=STAGE, language="en")
        theirs = make_speaker("Grace")
        theirs.invitations.create(email="g@example.org", token_hash="g", expires_at=now, invited_by=ada)
        session = make_session(edition, "Another")
        theirs.upload_links.create(
            session=session, email="g@example.org", digest="g", expires_at=now, created_by=ada
        )
        slides = make_presentation(session, "Slides of Grace")
        slides.versions.update(decided_by=ada, decided_at=now)
        make_slot(session, release=make_release(edition, released_by=ada))
        SlotChange.objects.create(edition=edition, session=session, changed_by=ada, before={}, after={})
        make_registration("Cy", edition, registered_by=ada)
        make_invoice_request(make_registration("Di", edition), kept_by=ada, billing_name=CANARY)
        cls.waits.check_ins.create(at=now, by=ada, undone_by=ada, device=CANARY)
        by = {"issued_by": ada, "revoked_by": ada, "issued_at": now, "revoked_at": now}
        edition.certificates.create(registration=cls.waits, number=99, hours=1, name="Ben", **by)
        Publication.objects.create(title="A book", slug="a-book", editors=f"{CANARY}, Grace")

    @classmethod
    def take_part_in_everything(cls):
        ada, edition, now = cls.ada, cls.edition, timezone.now()
        EmailConfirmation.create(ada.emailaddress_set.get(email=ADDRESS))
        ada.groups.add(AccountGroup.objects.first())
        ada.user_permissions.add(Permission.objects.first())
        speaker = Speaker.objects.get(user=ada)
        soon = now + timedelta(days=1)
        Availability.objects.create(speaker=speaker, edition=edition, starts_at=now, ends_at=soon)
        session = make_workshop(edition, "A workshop with groups")
        Star.objects.create(user=ada, session=session)
        plan = GroupPlan.objects.create(session=session)
        group = Group.objects.create(plan=plan, name="Group 1")
        group.facilitators.add(speaker)
        GroupPlace.objects.create(plan=plan, group=group, registration=cls.mine, told=group)
        choice = RoundWorkshop.objects.filter(round__edition=edition).first()
        FixedPlace.objects.create(round=choice.round, registration=cls.mine, choice=choice, by=ada)
        given = Allocation.objects.create(round=choice.round, number=1, seed="s", by=ada)
        AllocatedPlace.objects.create(
            allocation=given, registration=cls.mine, choice=choice, rank=1, reason="fixed"
        )
        make_answer(cls.mine, make_question(edition, "Meal", ["fish"]), "", "fish")
        plan = FeedbackPlan.objects.create(edition=edition, closes_at=soon)
        FeedbackSheet.objects.create(plan=plan, given=[cls.mine.pk], count=1)
        CertificateRule.objects.get_or_create(edition=edition)
        draft = make_presentation(make_session(edition), "Draft", b"%PDF draft", "draft", uploaded_by=ada)
        draft.versions.update(uploaded_by=ada)
        make_preview(draft, CANARY, notes=CANARY)
        draft.versions.create(
            number=2, link=f"https://{CANARY}.example/", status="draft", uploaded_by=ada, format="link"
        )
        cls.slides.versions.filter(status="approved").update(
            original_name=f"{CANARY}-slides.pdf", uploaded_by=ada
        )
        cls.on_stage(speaker)

    @classmethod
    def on_stage(cls, speaker):
        """With an address that is not one of the account, and a file that came by a link."""
        Speaker.objects.filter(pk=speaker.pk).update(email=STAGE)
        queue_mail(to=STAGE, template="account_known", context={"login_url": CANARY})
        Bounce.objects.create(address=STAGE, count=1, last_at=timezone.now())
        queue_mail(to=cls.ben.email, template="account_known", context={"login_url": f"Write to {STAGE}"})
        link = UploadLink.objects.get(speaker=speaker)
        sent = make_presentation(link.session, CANARY, b"%PDF by link", "submitted")
        Credit.objects.create(presentation=sent, speaker=speaker, name=CANARY)
        sent.versions.update(upload_link=link, original_name=CANARY)
        make_appearance(make_session(Edition.objects.first()), speaker, role=CANARY)


# --- The walk ----------------------------------------------------------------------------------------------------


def entries(user: User):
    """Every personal entry of the register with the rows of this person; of entries without owner, all rows."""
    for said in tables():
        if said.label not in NOBODYS:
            for one in said.personal:
                has_owner = one.of or one.addressed or one.whose
                yield said, one, rows_of(said, one, user) if has_owner else said.model._base_manager.all()


def holds_words(field: models.Field) -> bool:
    """Whether somebody's words could stand there."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return isinstance(field, kinds) and not field.choices and field.name not in OURS


def fill_what_is_empty(user: User, besides) -> None:
    """The word into every field of hers that has none and is free text; past all rules, but not those of the database."""
    for said, one, rows in entries(user):
        for row in rows.exclude(pk__in=[other.pk for other in besides if isinstance(other, said.model)]):
            for name in one.fields:
                fill(said, one, row, said.model._meta.get_field(name))


def fill(said: Table, one: Personal, row, field: models.Field) -> None:
    label, value = f"{said.label}.{field.name}", getattr(row, field.attname)
    if not holds_words(field) or field.unique or label in STAYS or one.not_handed_out == "secret" and value:
        return
    room = getattr(field, "max_length", None) or 99
    if CANARY in str(value) or room < len(CANARY):
        return
    new = {"said": CANARY} if isinstance(field, models.JSONField) else CANARY
    if isinstance(field, models.URLField):
        new = f"https://{CANARY}.example/"
    with suppress(IntegrityError), transaction.atomic():
        said.model._base_manager.filter(pk=row.pk).update(**{field.name: new})


def codes_of(user: User) -> list[str]:
    """Codes, keys and network addresses: what tells of a person without words of theirs."""
    found = set()
    for said, one, rows in entries(user):
        names = [name for name in one.fields if holds_words(said.model._meta.get_field(name))]
        for row in rows:
            found |= {str(getattr(row, name)) for name in names}
    return sorted(one for one in found if len(one) >= SHORTEST and CANARY not in one and " " not in one)


def not_filled(user: User) -> list[str]:
    """Fields of words in which the word does not stand, and fields of other kinds in which nothing does."""
    found = []
    for said, one, rows in entries(user):
        kept = list(rows)
        for name in one.fields:
            field, label = said.model._meta.get_field(name), f"{said.label}.{name}"
            values = [getattr(row, field.attname) for row in kept]
            is_told = any(CANARY in str(value) or len(str(value)) >= SHORTEST for value in values)
            is_there = bool(kept) if not points_to_user(field) else user.pk in values
            if not (is_told if holds_words(field) and label not in STAYS else is_there):
                found.append(label)
    return sorted(set(found))


def points_to_user(field: models.Field) -> bool:
    return isinstance(field, models.ForeignKey) and field.related_model is User
