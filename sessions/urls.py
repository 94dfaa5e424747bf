"""Addresses of the programme, its presentations and the speaker's own desk."""

from django.urls import path

from sessions.views import (
    availability,
    booklet,
    desk,
    exchange,
    now,
    offline,
    organisations,
    presentations,
    programme,
    promises,
    publications,
    releases,
    sessions,
    upload_links,
)

app_name = "sessions"
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
    path("speaker/presentations/<uuid:guid>/", desk.manage_presentation, name="manage_presentation"),
    path("speaker/presentations/<uuid:guid>/submit/", desk.submit_version, name="submit_version"),
    path("presentations/<uuid:guid>/", presentations.presentation, name="presentation"),
    path("publications/", publications.publications, name="publications"),
    path("publications/<slug:slug>/", publications.publication, name="publication"),
    path("publications/<slug:slug>/publication.pdf", publications.publication_pdf, name="publication_pdf"),
    path("publications/<slug:slug>/chapters/<int:pk>/", publications.chapter, name="publication_chapter"),
    path("publications/<slug:slug>/pictures/<int:pk>/", publications.picture, name="publication_picture"),
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
