"""A session that splits into groups by what people said of themselves: their country, their role, an answer."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conference.models import Room
from registration.models.question import Question
from registration.models.registration import Registration
from sessions.models import Session
from speakers.models import Speaker


class GroupPlan(models.Model):
    class SplitBy(models.TextChoices):
        COUNTRY = "country", _("country")
        ROLE = "role", _("role")
        ANSWER = "answer", _("answer to a question")

    session = models.OneToOneField(
        Session, models.CASCADE, related_name="group_plan", verbose_name=_("session")
    )
    split_by = models.CharField(_("split by"), max_length=7, choices=SplitBy.choices, default=SplitBy.COUNTRY)
    question = models.ForeignKey(
        Question, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("question")
    )
    observer_roles = models.JSONField(
        _("roles that observe"), default=list, blank=True, help_text=_("They go to the group of observers.")
    )
    dealt_at = models.DateTimeField(_("people were dealt out"), null=True, blank=True, editable=False)
    is_published = models.BooleanField(
        _("published"), default=False, help_text=_("People see their own group and who facilitates it.")
    )

    class Meta:
        verbose_name = _("groups of a session")
        verbose_name_plural = _("groups of sessions")
        constraints = [
            models.CheckConstraint(
                name="split_by_answer_names_the_question", condition=~Q(split_by="answer") | Q(question__isnull=False),
                violation_error_message=_("Choose the question whose answers make the groups."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.session)


class Group(models.Model):
    class Home(models.TextChoices):
        VALUES = "values", _("people with these values")
        OTHERS = "others", _("everyone else")
        OBSERVERS = "observers", _("observers")

    plan = models.ForeignKey(GroupPlan, models.CASCADE, related_name="groups", verbose_name=_("session"))
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveIntegerField(_("position"), default=0)
    home = models.CharField(_("for"), max_length=9, choices=Home.choices, default=Home.VALUES)
    values = models.JSONField(
        _("values"), default=list, blank=True
    )  # country codes, roles, or options of the question
    language = models.CharField(
        _("language"), max_length=10, blank=True, help_text=_("A code such as en or nl")
    )
    room = models.ForeignKey(
        Room, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("room")
    )
    minimum = models.PositiveIntegerField(_("fewest people"), default=0)
    maximum = models.PositiveIntegerField(
        _("most people"), null=True, blank=True, help_text=_("Empty: no limit")
    )
    facilitators = models.ManyToManyField(
        Speaker, related_name="facilitated_groups", blank=True, verbose_name=_("facilitators")
    )
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, related_name="merged", null=True, blank=True, editable=False,
        verbose_name=_("merged into"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "home"], condition=Q(home__in=["others", "observers"]), name="one_home_of_a_kind",
                violation_error_message=_("This session has such a group already."),
            ),
            models.CheckConstraint(
                name="group_bounds_in_order", condition=Q(maximum=None) | Q(maximum__gte=F("minimum")),
                violation_error_message=_("The most is not less than the fewest."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class GroupPlace(models.Model):
    """A person is in one group of a session."""

    plan = models.ForeignKey(GroupPlan, models.CASCADE, related_name="places", verbose_name=_("session"))
    group = models.ForeignKey(Group, models.CASCADE, related_name="places", verbose_name=_("group"))
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="group_places", verbose_name=_("registration")
    )
    is_fixed = models.BooleanField(_("placed by hand"), default=False)
    # The group in which a mail said that the person sits; with others, where those were merged into.
    told = models.ForeignKey(Group, models.SET_NULL, related_name="+", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("place in a group")
        verbose_name_plural = _("places in groups")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "registration"], name="one_group_of_a_session",
                violation_error_message=_("This person is in a group of this session already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.registration}: {self.group}"
