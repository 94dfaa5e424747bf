"""What a session or a presentation is about, in the words of all editions and of several languages."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from conference.addresses import address


class TopicQuerySet(models.QuerySet["Topic"]):
    def known_as(self, slug: str) -> "Topic | None":
        """The topic at this address, or the one that stood there before."""
        return self.filter(slug=slug).first() or self.filter(former_addresses__slug=slug).first()


class Topic(models.Model):
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=80, unique=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("sessions:topic", self.slug)

    def clean(self) -> None:
        # Back to a former address of its own it may go.
        if FormerTopic.objects.filter(slug=self.slug).exclude(topic=self.pk).exists():
            raise ValidationError({"slug": _("This address leads to a topic that was renamed or merged.")})


class TopicWord(models.Model):
    """Another word for a topic: whoever looks for it finds the topic."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="words", verbose_name=_("topic"))
    word = models.CharField(_("word"), max_length=120)
    language = models.CharField(
        _("language"), max_length=10, blank=True, choices=settings.LANGUAGES,
        help_text=_("Empty: in every language."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("other word")
        verbose_name_plural = _("other words")
        ordering = ["word", "pk"]
        constraints = [
            models.UniqueConstraint(
                "topic", Lower("word"), "language", name="word_once_for_a_topic",
                violation_error_message=_("This topic has that word already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.word


class FormerTopic(models.Model):
    """Where a topic stood before it was renamed, or merged with another, so that links survive."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="former_addresses", verbose_name=_("topic"))
    slug = models.SlugField(_("address"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.slug
