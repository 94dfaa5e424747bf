"""What each role may do in the admin, page by page."""

ROLES = ["helper", "registration desk", "programme editor", "organiser", "superuser"]
# What each role may do: View, Add, Change, Delete.
TABLE = """
                                helper  desk    editor  organiser superuser
auth_group                      -       -       -       -       VACD
conference_edition              -       V       VC      VACD    VACD
conference_newsitem             -       -       VAC     VACD    VACD
conference_organisation         -       -       VAC     VACD    VACD
conference_outbox               -       -       -       V       V
conference_page                 -       -       VAC     VACD    VACD
conference_series               -       -       V       VACD    VACD
conference_site                 -       -       -       VC      VC
conference_theme                -       -       V       VACD    VACD
conference_user                 -       V       -       VAC     VACD
conference_venue                -       V       VACD    VACD    VACD
conference_sessions_audience    -       -       VACD    VACD    VACD
conference_sessions_competence  -       -       VACD    VACD    VACD
conference_sessions_level       -       -       VACD    VACD    VACD
conference_sessions_presentation -      -       VACD    VACD    VACD
conference_sessions_presentationfile - -       V       V       V
conference_sessions_publication -       -       VACD    VACD    VACD
conference_sessions_release     -       -       V       V       V
conference_sessions_session     -       V       VACD    VACD    VACD
conference_sessions_sessiontype -       V       VACD    VACD    VACD
conference_sessions_subject     -       -       VACD    VACD    VACD
conference_sessions_topic       -       -       VACD    VACD    VACD
conference_sessions_track       -       V       VACD    VACD    VACD
conference_sessions_workshop    -       V       VACD    VACD    VACD
registration_certificate        -       V       -       V       V
registration_certificaterule    -       -       -       VACD    VACD
registration_feedbackplan       -       -       -       VACD    VACD
registration_groupplan          -       V       VACD    VACD    VACD
registration_invoicerequest     -       V       -       V       V
registration_outcome            -       -       VC      VACD    VACD
registration_question           -       V       -       VACD    VACD
registration_claim              -       V       -       V       V
registration_registration       V       VAC     -       VAC     VAC
registration_checkin            V       V       -       V       V
registration_placechange        -       V       -       V       V
registration_registrationtype   -       V       -       VACD    VACD
registration_round              -       V       -       VACD    VACD
registration_workshopbooking    -       V       -       V       V
speakers_speaker                -       -       VACD    VACD    VACD
"""
# Pages of one kind of thing only; 200 or 403 for the roles in the order above.
SPECIAL = {
    "conference_edition_questions": [403, 200, 403, 200, 200],
    "conference_edition_questions_preview": [403, 200, 403, 200, 200],
    "conference_edition_certificates": [403, 403, 403, 200, 200],
    "registration_certificate_pdf": [403, 200, 403, 200, 200],
    "registration_certificate_revoke": [403, 403, 403, 200, 200],
    "registration_groupplan_people": [403, 403, 403, 200, 200],
    "registration_outcome_refuse": [403, 403, 200, 200, 200],
    "registration_registration_certificate": [403, 403, 403, 200, 200],
    "registration_registration_move": [403, 200, 403, 200, 200],
    "registration_registration_pending": [403, 200, 403, 200, 200],
    "registration_registration_place": [403, 200, 403, 200, 200],
    "registration_registration_workshop": [403, 200, 403, 200, 200],
    "registration_registrationtype_new_link": [403, 403, 403, 200, 200],
    "conference_edition_badges": [403, 200, 403, 200, 200],
    "conference_edition_badges_preview": [403, 200, 403, 200, 200],
    "conference_edition_conflicts": [403, 403, 200, 200, 200],
    "conference_edition_copy": [403, 403, 403, 200, 200],
    "conference_edition_exports": [403, 200, 403, 200, 200],
    "conference_edition_feedback": [403, 403, 403, 200, 200],
    "conference_edition_figures": [403, 200, 403, 200, 200],
    "conference_edition_speakers_in": [403, 403, 200, 200, 200],
    "conference_edition_attendees_in": [403, 200, 403, 200, 200],
    "conference_edition_import": [403, 403, 200, 200, 200],
    "conference_edition_letters": [403, 403, 403, 200, 200],
    "conference_edition_letters_new": [403, 403, 403, 200, 200],
    "conference_edition_letter": [403, 403, 403, 200, 200],
    "conference_edition_letter_edit": [403, 403, 403, 200, 200],
    "conference_edition_letter_send": [403, 403, 403, 200, 200],
    "conference_edition_places": [403, 200, 403, 200, 200],
    "conference_edition_reading": [403, 403, 200, 200, 200],
    "conference_edition_report": [403, 403, 403, 200, 200],
    "conference_series_report": [403, 403, 403, 200, 200],
    "conference_edition_release": [403, 403, 200, 200, 200],
    "conference_edition_schedule": [403, 403, 200, 200, 200],
    "conference_edition_schedule_item": [403, 403, 200, 200, 200],
    "conference_edition_schedule_state": [403, 403, 200, 200, 200],
    "conference_edition_slides": [403, 403, 200, 200, 200],
    "conference_edition_slides_remind": [403, 403, 200, 200, 200],
    "conference_edition_slides_item": [403, 403, 200, 200, 200],
    "conference_edition_presence": [403, 200, 403, 200, 200],
    "conference_outbox_texts": [403, 403, 403, 200, 200],
    "conference_outbox_text": [403, 403, 403, 200, 200],
    "conference_organisation_merge": [403, 403, 403, 200, 200],
    "conference_sessions_topic_merge": [403, 403, 200, 200, 200],
    "conference_sessions_publication_from_themes": [403, 403, 200, 200, 200],
    "conference_sessions_publication_contents": [403, 403, 200, 200, 200],
    "conference_sessions_publication_themes": [403, 403, 200, 200, 200],
    "conference_sessions_publication_new_part": [403, 403, 200, 200, 200],
    "conference_sessions_publication_part": [403, 403, 200, 200, 200],
    "conference_sessions_presentation_compare": [403, 403, 200, 200, 200],
    "conference_sessions_presentation_describe": [403, 403, 200, 200, 200],
    "conference_sessions_presentation_refuse": [403, 403, 200, 200, 200],
    "conference_sessions_presentation_upload": [403, 403, 200, 200, 200],
    "registration_round_allocation": [403, 403, 403, 200, 200],
    "registration_round_publish": [403, 403, 403, 200, 200],
}
# Open to all staff; what they show is asked for per model.
COMMON = {
    "index": 200, "jsi18n": 200, "login": 302, "logout": 405, "password_change": 302,
    "password_change_done": 200, "autocomplete": 403, "view_on_site": 404, "app_list": 404, None: 404,
    "task_page": 404, "task_state": 404, "task_file": 404, "trail": 200,
}  # fmt: skip
# Endings of the names of pages that are about one thing.
OF_ONE = (
    "change", "delete", "history", "restore", "upload", "release", "conflicts", "copy", "places", "presence",
    "questions", "preview", "import", "schedule", "schedule_state", "schedule_item", "allocation",
    "presentation_compare", "round_publish", "contents", "publication_themes", "_part", "_slides",
    "slides_remind", "slides_item", "move", "place", "registration_workshop", "new_link", "people",
    "badges", "exports", "feedback", "figures", "reading", "report", "certificates", "certificate", "pdf", "merge", "_pending",
    "_outbox_text", "_letters", "letters_new", "_letter", "letter_edit", "letter_send", "speakers_in", "attendees_in",
)  # fmt: skip

# Lists of people, which only these may take out.
OF_PEOPLE = {model for model in (line.split()[0] for line in TABLE.strip().splitlines()[1:])
             if model.startswith("registration_") or model == "conference_user"}  # fmt: skip
MAY_EXPORT = {"registration desk", "organiser", "superuser"}


def table():
    rows = [line.split() for line in TABLE.strip().splitlines()[1:]]
    return {row[0]: dict(zip(ROLES, row[1:], strict=True)) for row in rows}
