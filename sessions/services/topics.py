"""Rename a topic, or make one of two: whoever comes by the old address or looks for the old word still finds it."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import ManyToManyRel

from conference.content import touch
from sessions.library.renamed import reindex_word
from sessions.models import FormerTopic, Topic, TopicWord

LANGUAGES = [code for code, _name in settings.LANGUAGES]
OWN = (TopicWord, FormerTopic)


@transaction.atomic
def rename_topic(*, topic: Topic, names: dict[str, str], slug: str) -> Topic:
    """Give it these names by language and this address; the ones before stay as its words and former address."""
    topic = Topic.objects.select_for_update().get(pk=topic.pk)
    before = names_of(topic)
    for code, name in names.items():
        setattr(topic, f"name_{code}", name or None)
    old_slug, topic.slug = topic.slug, slug
    topic.full_clean()
    topic.save()
    if slug != old_slug:
        topic.former_addresses.filter(slug=slug).delete()
        FormerTopic.objects.create(topic=topic, slug=old_slug)
    add_words(topic, before)
    reindex_word(topic)
    touch()
    return topic


@transaction.atomic
def merge_topics(*, keep: Topic, other: Topic) -> Topic:
    """All that is about `other` is about `keep` then; the names, words and addresses of `other` lead to it."""
    rows = Topic.objects.select_for_update().filter(pk__in=[keep.pk, other.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    keep, other = found[keep.pk], found[other.pk]
    if keep == other:
        raise ValueError("A topic is not merged with itself.")
    for relation in Topic._meta.related_objects:
        if relation.related_model not in OWN:
            move(relation, keep, other)
    add_words(keep, names_of(other) + [(row.word, row.language) for row in other.words.all()])
    other.former_addresses.update(topic=keep)
    other.delete()
    FormerTopic.objects.create(topic=keep, slug=other.slug)
    reindex_word(keep)
    touch()
    return keep


def names_of(topic: Topic) -> list[tuple[str, str]]:
    """Each name with its language."""
    found = [(getattr(topic, f"name_{code}") or "", code) for code in LANGUAGES]
    return [(name, code) for name, code in found if name]


def add_words(topic: Topic, words: list[tuple[str, str]]) -> None:
    """Those that are new: neither a name of the topic in that language nor a word it has."""
    known = {(name.casefold(), code) for name, code in names_of(topic)}
    known |= {(row.word.casefold(), row.language) for row in topic.words.all()}
    for word, language in words:
        if (word.casefold(), language) not in known:
            known.add((word.casefold(), language))
            TopicWord.objects.create(topic=topic, word=word, language=language)


def move(relation: Any, keep: Topic, other: Topic) -> None:
    """Rows that point to `other` point to `keep`; what is about both stays about it once."""
    name = relation.field.name
    if not isinstance(relation, ManyToManyRel):
        relation.related_model._base_manager.filter(**{name: other}).update(**{name: keep})
        return
    of_row, of_topic = relation.field.m2m_field_name(), relation.field.m2m_reverse_field_name()
    rows = relation.through._base_manager  # type: ignore[union-attr]
    here = rows.filter(**{of_topic: keep}).values_list(of_row, flat=True)
    rows.filter(**{of_topic: other}).exclude(**{f"{of_row}__in": list(here)}).update(**{of_topic: keep})
