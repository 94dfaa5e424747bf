"""Tables of the programme and the library in which nothing is said about a person."""

from conference.privacy.register import not_personal

PUBLIC = "the programme, which is public"
LIST = "a list that organisers keep"
INDEX = "how the library searches"

not_personal("conference_sessions.Competence", "name slug framework address position", LIST)
not_personal("conference_sessions.ColumnMemory", "edition kind columns", "what the columns of a list are")
not_personal("conference_sessions.SessionType", "name slug kind", LIST)
not_personal("conference_sessions.Topic", "name slug", LIST)
not_personal("conference_sessions.TopicWord", "topic word language", LIST)
not_personal("conference_sessions.FormerTopic", "topic slug", LIST)
not_personal("conference_sessions.Track", "edition name slug hue position", PUBLIC)
for _model in ("Audience", "Level", "Subject"):
    not_personal(f"conference_sessions.{_model}", "name slug position", LIST)
not_personal(
    "conference_sessions.Session",
    "guid edition kind session_type track part_of number position title slug subtitle abstract description language "
    "venue takes_bookings capacity expects_presentations presentations_promised_for do_not_record recording_license "
    "origin status created_at updated_at",
    PUBLIC,
)
not_personal("conference_sessions.Session_topics", "session topic", PUBLIC)
not_personal("conference_sessions.Session_competences", "session competence", PUBLIC)
not_personal("conference_sessions.SessionLink", "session kind title url position", PUBLIC)
for _field, _of in (
    ("topics", "topic"),
    ("for_whom", "audience"),
    ("levels", "level"),
    ("subjects", "subject"),
    ("competences", "competence"),
):
    not_personal(f"conference_sessions.Presentation_{_field}", f"presentation {_of}", "what it is about")
not_personal(
    "conference_sessions.Preview",
    "sha256 format state reason attempts done page_count has_pictures has_cover language findings created_at beat_at "
    "made_at",
    "how far the pictures of a file are",
)
not_personal("conference_sessions.SlidesReminder", "edition at sent_at", PUBLIC)
not_personal("conference_sessions.Publication_themes", "publication theme", PUBLIC)
not_personal("conference_sessions.FormerPublication", "slug now", LIST)
not_personal(
    "conference_sessions.PublicationPart",
    "publication kind position title body presentation session theme picture picture_text open_to",
    PUBLIC,
)
not_personal("conference_sessions.LibraryWord", "word", INDEX)
not_personal("conference_sessions.LibraryState", "token", INDEX)
