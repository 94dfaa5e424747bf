"""The library of the eNSPIRED years: described hand-outs, topics with their words, practices, and the publication."""

import hashlib

from django.core.files.base import ContentFile
from django.utils.text import slugify

from conference import clock
from conference.management.demo.base import both, link, make_current, presentation
from conference.management.demo.deck_texts import IN_OTHER_LANGUAGES
from conference.management.demo.library_texts import INTRODUCTION, PRACTICES, THEMES, ThemeText
from conference.models import Series, Theme, User
from registration.models import Outcome
from sessions.files.documents import make_pdf
from sessions.files.formats import FORMATS
from sessions.forms.practice import CONSENT_VERSION, PracticeForm
from sessions.models import (
    Audience,
    Level,
    PracticeConsent,
    Presentation,
    PresentationFile,
    Publication,
    PublicationPart,
    Session,
    Topic,
)
from sessions.previews.asking import ask_for_preview
from sessions.publications.building import make_publication, order_parts, publish


def load(accounts: dict[str, User]) -> None:
    by = accounts["organiser"]
    themes = list(Theme.objects.filter(slug__in=THEMES))
    for theme in themes:
        add_material(theme, THEMES[theme.slug], by)
    add_practices(accounts["member"], {theme.slug: theme for theme in themes})
    add_publication(themes)


def add_material(theme: Theme, text: ThemeText, by: User) -> None:
    """A topic, a described hand-out of the learning week, and what the week decided."""
    topic = Topic.objects.create(slug=slugify(text.topic[0]), **both(name=text.topic))
    for word, language in text.words:
        topic.words.create(word=word, language=language)  # type: ignore[attr-defined]
    week = Session.objects.get(edition__theme=theme, slug="learning-week")
    is_open = theme.slug in ("gender", "multilingualism")
    hand_out = presentation(
        week,
        text.hand_out,
        by,
        kind="handout",
        language=text.language,
        audience="everyone" if is_open else "members",
        description=text.look_back,
        age_from=12,
        age_to=18,
    )
    add_file(hand_out, text.lines)
    for slug, title, language, lines in IN_OTHER_LANGUAGES:
        if slug == theme.slug:
            told = presentation(week, title, by, kind="handout", language=language, audience="everyone")
            add_file(told, lines)
    for one in Presentation.objects.filter(edition__theme=theme):
        one.topics.add(topic)
        one.for_whom.set(Audience.objects.filter(slug__in=["teachers", "teacher-educators"]))
    hand_out.levels.set(Level.objects.filter(slug__in=["lower-secondary", "upper-secondary"]))
    problem, action = text.outcome
    Outcome.objects.create(
        session=week, problem=problem, action=action, who="The teams that took part", deadline="Next school year",
        status=Outcome.Status.APPROVED, approved_at=clock.now(), written_by=by,
    )  # fmt: skip


def add_file(of: Presentation, lines: tuple[str, ...]) -> PresentationFile:
    """A PDF with a page for each line, approved. A test sees that it would pass the check, which takes its time."""
    content = make_pdf(of.title, lines, pages=len(lines), lang=of.language)
    name = f"{slugify(of.title)[:60]}.pdf"
    made = PresentationFile(
        presentation=of, number=1, original_name=name, format="pdf", content_type=FORMATS["pdf"].content_type,
        size=len(content), sha256=hashlib.sha256(content).hexdigest(), status="approved",
        uploaded_by=of.uploaded_by, decided_at=clock.now(),
    )  # fmt: skip
    made.file.save(name, ContentFile(content))
    make_current(made)
    ask_for_preview(made)
    return made


def add_practices(member: User, themes: dict[str, Theme]) -> None:
    """What members shared; the last waits for an organiser."""
    for title, description, country, theme, level, where, name, is_approved in PRACTICES:
        practice = Presentation.objects.create(
            title=title, description=description, country=country, theme=themes[theme], kind="other",
            audience="everyone", is_practice=True, uploaded_by=member,
        )  # fmt: skip
        practice.credits.create(name=name)  # type: ignore[attr-defined]
        words = str(PracticeForm.base_fields["consent"].label)
        PracticeConsent.objects.create(
            presentation=practice, version=CONSENT_VERSION, words=words, language="en", name_stays=True
        )
        practice.levels.set(Level.objects.filter(slug=level))
        practice.topics.set(Topic.objects.filter(slug=slugify(THEMES[theme].topic[0])))
        if is_approved:
            link(practice, where)
        else:
            PresentationFile.objects.create(
                presentation=practice, link=where, status="submitted", uploaded_by=member
            )


def add_publication(themes: list[Theme]) -> None:
    """Eight years in one book, built from its themes as an organiser would."""
    made = make_publication(
        themes=themes,
        title="eNSPIRED: the impact of international dialogue",
        slug="enspired",
        subtitle="Looking back on eight years of learning together",
        series=Series.objects.get(slug="enspired"),
        editors="The eNSPIRED team",
        introduction=INTRODUCTION,
    )
    Publication.objects.filter(pk=made.pk).update(start_year=2014)
    order: list[int] = []
    for part in made.parts.select_related("theme").order_by("position"):  # type: ignore[attr-defined]
        order.append(part.pk)
        if part.theme:
            order += add_texts(made, THEMES[part.theme.slug])
    order_parts(publication=made, keys=order)
    publish(publication=made)


def add_texts(publication: Publication, text: ThemeText) -> list[int]:
    """A look back for everybody, and what was found in dialogue for whoever has an account."""
    everyone = PublicationPart.OpenTo.EVERYONE
    rows = [
        ("Looking back", text.look_back, everyone),
        ("Challenges and possible solutions", text.challenges, "members"),
    ]
    return [
        PublicationPart.objects.create(publication=publication, title=title, body=body, open_to=open_to).pk
        for title, body, open_to in rows
    ]
