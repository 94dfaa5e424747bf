"""Addresses of the programme, its presentations and the speaker's own desk."""

from django.urls import path

from conference.former_addresses import known_formerly
from sessions.models.publication import FormerPublication
from sessions.views import (
    availability,
    booklet,
    citing,
    desk,
    exchange,
    library,
    now,
    offline,
    organisations,
    pages,
    practices,
    presentations,
    programme,
    progress,
    promises,
    publications,
    releases,
    sessions,
    topics,
    upload_links,
)

app_name = "sessions"
moved = known_formerly(FormerPublication)
urlpatterns = [
    path("speaker/", desk.speaker_desk, name="speaker_desk"),
    path("speaker/availability/<slug:edition>/", availability.availability, name="availability"),
    path(
        "speaker/sessions/<uuid:session>/presentations/new/", desk.add_presentation, name="add_presentation"
    ),
    path(
        "speaker/sessions/<uuid:session>/presentations/promise/",
        promises.promise_presentations,
        name="promise_presentations",
    ),
    path("upload/<str:token>/", upload_links.upload_by_link, name="upload_by_link"),
    path("upload/<str:token>/<uuid:guid>/progress/", progress.progress_by_link, name="progress_by_link"),
    path("speaker/presentations/<uuid:guid>/progress/", progress.version_progress, name="version_progress"),
    path("speaker/presentations/<uuid:guid>/", desk.manage_presentation, name="manage_presentation"),
    path("speaker/presentations/<uuid:guid>/submit/", desk.submit_version, name="submit_version"),
    path("presentations/<uuid:guid>/", presentations.presentation, name="presentation"),
    path("presentations/<uuid:guid>/pages/<int:number>/", pages.page, name="page"),
    path("library/share/", practices.share, name="share"),
    path("publications/", publications.publications, name="publications"),
    path("publications/<slug:slug>/", moved(publications.publication), name="publication"),
    path(
        "publications/<slug:slug>/publication.pdf",
        moved(publications.publication_pdf),
        name="publication_pdf",
    ),
    path(
        "publications/<slug:slug>/chapters/<int:pk>/", moved(publications.chapter), name="publication_chapter"
    ),
    path(
        "publications/<slug:slug>/pictures/<int:pk>/", moved(publications.picture), name="publication_picture"
    ),
    path("library/", library.library, name="library"),
    path("library/feed.atom", library.library_feed, name="library_feed"),
    path("topics/<slug:slug>/", topics.topic, name="topic"),
    path("presentations/<uuid:guid>/cite.<slug:ending>", citing.cite, name="cite"),
    path(
        "publications/<slug:slug>/cite.<slug:ending>", moved(citing.cite_publication), name="cite_publication"
    ),
    path("organisations/<slug:slug>/", organisations.organisation, name="organisation"),
    path("<slug:edition>/", sessions.OverviewView.as_view(), name="overview"),
    path("<slug:edition>/programme.pdf", booklet.booklet, name="booklet"),
    path("<slug:edition>/programme/", programme.ProgrammeView.as_view(), name="programme"),
    path("<slug:edition>/releases/", releases.ReleaseListView.as_view(), name="releases"),
    path("<slug:edition>/releases/<int:number>/", releases.ReleaseView.as_view(), name="release"),
    path("<slug:edition>/feed.atom", releases.release_feed, name="feed"),
    path("<slug:edition>/now/", now.NowView.as_view(), name="now"),
    path("<slug:edition>/now/<slug:room>/", now.NowRoomView.as_view(), name="now_room"),
    path("<slug:edition>/app.webmanifest", offline.manifest, name="manifest"),
    path("<slug:edition>/offline.json", offline.kept_offline, name="offline_list"),
    path("<slug:edition>/sessions/", sessions.SessionListView.as_view(), name="sessions"),
    path("<slug:edition>/sessions/<slug:slug>/", sessions.SessionView.as_view(), name="session"),
    path("<slug:edition>/workshops/", sessions.WorkshopListView.as_view(), name="workshops"),
    path("<slug:edition>/workshops/<slug:slug>/", sessions.WorkshopView.as_view(), name="workshop"),
    path("<slug:edition>/speakers/", sessions.SpeakerListView.as_view(), name="speakers"),
    path("<slug:edition>/presentations/", presentations.PresentationListView.as_view(), name="presentations"),
    path("<slug:edition>/presentations/feed.atom", library.presentation_feed, name="presentation_feed"),
    path("speakers/<slug:slug>/calendar.ics", exchange.speaker_ics, name="speaker_ics"),
    path("<slug:edition>/schedule.ics", exchange.schedule_ics, name="schedule_ics"),
    path("<slug:edition>/schedule.json", exchange.schedule_json, name="schedule_json"),
    path("<slug:edition>/schedule.xml", exchange.schedule_xml, name="schedule_xml"),
    path("<slug:edition>/sessions/<slug:slug>/calendar.ics", exchange.session_ics, name="session_ics"),
    path(
        "<slug:edition>/workshops/<slug:slug>/calendar.ics",
        exchange.session_ics,
        {"is_workshop": True},
        name="workshop_ics",
    ),
    path("<slug:edition>/tracks/<slug:slug>/calendar.ics", exchange.track_ics, name="track_ics"),
    path("<slug:edition>/rooms/<slug:slug>/calendar.ics", exchange.room_ics, name="room_ics"),
]
