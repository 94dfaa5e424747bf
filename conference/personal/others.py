"""Tables in which nothing is said about a person."""

from conference.privacy.register import not_personal

PUBLIC = "what organisers write for everybody"
LIST = "a list that organisers keep"
TECHNICAL = "how the site works"

not_personal(
    "conference.Organisation", "name acronym slug kind city country website logo domain",
    "an organisation is no person",
)  # fmt: skip
not_personal("conference.FormerAddress", "organisation slug", LIST)
not_personal("conference.Series", "title slug subtitle description position", PUBLIC)
not_personal("conference.Theme", "title slug series description start_year end_year label", PUBLIC)
not_personal("conference.FormerTheme", "slug now", LIST)
not_personal(
    "conference.Edition",
    "series theme slug ordinal title short_title subtitle summary introduction city country starts_on ends_on "
    "date_precision time_zone accent_hue registration_opens_at registration_closes_at held_by_organisation "
    "presentations_due_at takes_late_presentations open_pages widest_audience presentations_open_from is_published "
    "is_front_page contact_email languages created_at updated_at",
    PUBLIC,
)
not_personal("conference.EditionOrganisation", "edition organisation part position disclaimer", PUBLIC)
not_personal("conference.PartOf", "edition title website position", PUBLIC)
not_personal("conference.ContentVersion", "edition number changed_at", TECHNICAL)
not_personal("conference.Site", "name contact_email legal_notice languages", PUBLIC)
not_personal("conference.Page", "edition title slug body place position is_published updated_at", PUBLIC)
not_personal(
    "conference.NewsItem",
    "guid edition title slug summary body picture picture_description published_at created_at updated_at",
    PUBLIC,
)
not_personal("conference.MailText", "edition kind language subject text updated_at", PUBLIC)
not_personal("conference.Venue", "edition name address city travel_note position", PUBLIC)
not_personal("conference.Room", "guid venue name slug description capacity position", PUBLIC)
not_personal("auth.Permission", "name content_type codename", TECHNICAL)
not_personal("auth.Group_permissions", "group permission", TECHNICAL)
not_personal("auth.Group", "name", LIST)
not_personal("contenttypes.ContentType", "app_label model", TECHNICAL)
