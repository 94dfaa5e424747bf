"""Tables around registering in which nothing is said about a person."""

from conference.privacy.register import not_personal

OFFER = "what organisers offer or ask"
COUNT = "a count, by country and never by person"

not_personal(
    "registration.RegistrationType",
    "edition name description capacity opens_at closes_at position for_whom invitation_key domains needs_approval "
    "fee_amount fee_currency fee_text changes_close_at can_be_handed_over",
    OFFER,
)
not_personal("registration.RegistrationType_organisations", "registrationtype organisation", OFFER)
not_personal(
    "registration.Round", "edition name position way opens_at closes_at seed salt published_at", OFFER
)
not_personal("registration.RoundWorkshop", "round workshop minimum", OFFER)
not_personal(
    "registration.Question",
    "edition kind label help_text is_required is_retired position after after_answer is_sensitive concerns_room "
    "purpose delete_on version",
    OFFER,
)
not_personal("registration.Question_types", "question registrationtype", OFFER)
not_personal("registration.QuestionOption", "question label capacity position", OFFER)
not_personal(
    "registration.GroupPlan", "session split_by question observer_roles dealt_at is_published", OFFER
)
not_personal(
    "registration.Group", "plan name position home values language room minimum maximum merged_into", OFFER
)
not_personal("registration.FeedbackPlan", "edition closes_at updated_at", OFFER)
not_personal("registration.FeedbackQuestion", "plan about kind label options position", OFFER)
not_personal("registration.Download", "version country created_at", COUNT)
not_personal("registration.ViewCount", "presentation day country count", COUNT)
not_personal("registration.FileSum", "version crc32 size", "a checksum of a file")
