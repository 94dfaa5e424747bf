"""Words of the demonstration's library: what its hand-outs, topics, outcomes and practices say. All of it is invented."""

from dataclasses import dataclass

Pair = tuple[str, str]  # English, Dutch


@dataclass(frozen=True)
class ThemeText:
    """What the years of a theme left behind; each line of the hand-out is a page."""

    topic: Pair
    words: tuple[tuple[str, str], ...]  # other words for the topic, each with its language
    look_back: str
    challenges: str
    hand_out: str
    language: str
    lines: tuple[str, ...]
    outcome: tuple[str, str]


THEMES = {
    "intercultural-pedagogy": ThemeText(
        ("Intercultural education", "Intercultureel onderwijs"),
        (("intercultural learning", "en"), ("diversiteit", "nl"), ("éducation interculturelle", "fr")),
        "In the first year we listened. Our guests asked which stories a class is told, and which it tells itself.",
        "**Challenge:** a single festival of cultures changes little.\n\n**Possible solution:** let pupils bring one "
        "question from home each month, and build a lesson around it.",
        "Five questions for an intercultural classroom",
        "en",
        (
            "Whose stories stand on the walls of the classroom, and who chose them?",
            "A lesson in which every pupil is an expert once a month.",
            "How to speak of a conflict abroad when families in the room belong to both sides.",
            "Proverbs as a way into the thinking of a grandmother.",
            "What a visiting teacher from Lagos noticed in ten minutes.",
            "A checklist for textbooks: names, pictures, verbs.",
            "The talking stick: a custom from elsewhere that quiet pupils like.",
            "Questions to take back to your own team.",
        ),
        (
            "Textbooks show few of the families in the room",
            "Go through one textbook in each department together",
        ),
    ),
    "inclusive-education": ThemeText(
        ("Inclusive education", "Inclusief onderwijs"),
        (("inclusion", "en"), ("inclusie", "nl"), ("Inklusion", "de")),
        "Inclusion is a habit of a whole school: that was the sentence of this year.",
        "**Challenge:** support arrives after the pupil has given up.\n\n**Possible solution:** plan the lesson for "
        "the widest range from the start, with three ways to take part.",
        "Planning lessons for everyone",
        "en",
        (
            "Universal design for learning in one page.",
            "Three ways to take part in the same lesson.",
            "What a school in Durban does without a special needs teacher.",
            "Buddies who change every week.",
            "Tests that show what a pupil can do.",
            "Talking with parents before there is a problem.",
            "Sign names: how a whole class learned to greet in sign language.",
            "Next steps for a team of three.",
        ),
        ("Support comes late", "Meet each month about the pupils nobody spoke of"),
    ),
    "vulnerability-in-the-classroom": ThemeText(
        ("Vulnerable pupils", "Kwetsbare leerlingen"),
        (("poverty", "en"), ("armoede", "nl"), ("vulnérabilité", "fr")),
        "Two years about what pupils carry into the room, and what a school can carry with them.",
        "**Challenge:** costs that nobody counts keep pupils away.\n\n**Possible solution:** a list of everything that "
        "costs money in a school year, made together with parents.",
        "Kwetsbaarheid zien zonder te etiketteren",
        "nl",
        (
            "Wat een kind meebrengt naar de klas, en wat het thuislaat.",
            "Signalen van armoede die geen enkele toets laat zien.",
            "Een warme maaltijd als eerste les: een school in Recife.",
            "Taal die opent en taal die sluit.",
            "Huisbezoeken: voor wie, wanneer, met welke vraag.",
            "De maximumfactuur in de praktijk.",
            "Veerkracht oefenen met het verhaal van de olifant.",
            "Drie afspraken voor het team.",
        ),
        ("Hidden costs keep pupils away from trips", "Count what a school year costs, together with parents"),
    ),
    "gender": ThemeText(
        ("Gender", "Gender"),
        (("equal opportunities", "en"), ("gelijke kansen", "nl"), ("égalité des genres", "fr")),
        "Who speaks, who is asked, who chooses which course: this year we counted before we discussed.",
        "**Challenge:** boys get most of the open questions.\n\n**Possible solution:** draw names, and let a colleague "
        "count for one lesson.",
        "Counting before discussing: gender in everyday lessons",
        "en",
        (
            "Who is asked what: a simple tally for one lesson.",
            "Careers on the wall: what pupils read there.",
            "A girls' robotics club in Dakar and what it changed for the boys.",
            "Words for bodies that a biology lesson can use.",
            "Fathers at the school gate.",
            "Bystanders: what to do in the first ten seconds.",
            "Menstruation and absence: figures that schools seldom keep.",
            "How to begin on Monday.",
        ),
        (
            "Girls leave technical courses after a year",
            "Let older pupils present their course to younger ones",
        ),
    ),
    "multilingualism": ThemeText(
        ("Multilingualism", "Meertaligheid"),
        (("home languages", "en"), ("thuistaal", "nl"), ("plurilinguisme", "fr"), ("Mehrsprachigkeit", "de")),
        "Every language in the room is a way to think. We collected lessons that use them.",
        "**Challenge:** home languages stay at the gate.\n\n**Possible solution:** let pupils plan in any language and "
        "present in the language of the school.",
        "Thuistalen als hefboom in de les",
        "nl",
        (
            "Welke talen leven er in je klas? Een talenportret maken.",
            "Functioneel meertalig leren in een gewone les.",
            "Quechua en Spaans in dezelfde school: een voorbeeld uit Cusco.",
            "Voorlezen in twee stemmen.",
            "Vertaalhulp: wat wel en wat niet.",
            "Ouders als taalexperts.",
            "Cognaten zoeken: woorden die op elkaar lijken.",
            "Afspraken over taal op de speelplaats.",
        ),
        ("Home languages stay at the school gate", "Open each week with a word in another language"),
    ),
    "professional-learning-communities": ThemeText(
        ("Learning communities of teachers", "Leergemeenschappen van leraren"),
        (("professional learning community", "en"), ("lesson study", "en"), ("collegiale consultatie", "nl")),
        "In the last year we looked at how teachers learn from each other, at a distance when we could not travel.",
        "**Challenge:** meetings are about planning only.\n\n**Possible solution:** twenty minutes of each meeting about "
        "one piece of work by a pupil.",
        "A year in a professional learning community",
        "en",
        (
            "What a learning community is, and what it is not.",
            "Lesson study in four meetings.",
            "The critical friend from Kampala: visiting each other on screen.",
            "A protocol for looking at pupils' work.",
            "How a school leader makes time.",
            "When it gets stuck: five sentences that help.",
            "Keeping a logbook, and the sourdough rule: feed it weekly.",
            "What remained after a year.",
        ),
        ("Meetings leave no time to learn", "Keep twenty minutes of each meeting for pupils' work"),
    ),
}

INTRODUCTION = """In this publication we look back on eight years of international dialogue.

Since 2014, teacher educators, pedagogical counsellors and teachers met education experts from Africa, Asia and South
America in workshops, seminars and learning weeks. From 2015 on, one theme formed the common thread of each year.

## How to read it

Every chapter is a theme. It opens with a look back, names the challenges and possible solutions that were found in
dialogue, and leads to the presentations and hand-outs. The contents are open to everybody; for the rest a free account
is enough.
"""

# title, description, country, topic of theme, level, address of what is shared, name as printed, whether approved
PRACTICES = [
    ("A market in the maths lesson", "Pupils run a market with real prices and bargain in two languages. Seen during an internship.",
     "KE", "multilingualism", "primary", "https://example.org/market", "Noor, intern", True),
    ("The chair of the day", "Each day another pupil opens the lesson with an object from home.",
     "PE", "intercultural-pedagogy", "primary", "https://example.org/chair", "Lies Peeters", True),
    ("Reading buddies across grades", "Older pupils read with younger ones on Friday afternoons.",
     "ZA", "inclusive-education", "lower-secondary", "https://example.org/buddies", "Tom De Smet", True),
    ("A wall of women scientists", "Pupils write a postcard to a scientist they had never heard of.",
     "IN", "gender", "upper-secondary", "https://example.org/wall", "Elif Kaya", False),
]  # fmt: skip
