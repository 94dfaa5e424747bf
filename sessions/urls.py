"""Addresses of the programme, its presentations and the speaker's own desk."""

from django.urls import path

from sessions.views import desk, presentations, programme, sessions

app_name = "sessions"
urlpatterns = [
    path("speaker/", desk.speaker_desk, name="speaker_desk"),
    path(
        "speaker/sessions/<uuid:session>/presentations/new/", desk.add_presentation, name="add_presentation"
    ),
    path("speaker/presentations/<uuid:guid>/", desk.manage_presentation, name="manage_presentation"),
    path("speaker/presentations/<uuid:guid>/submit/", desk.submit_version, name="submit_version"),
    path("presentations/<uuid:guid>/", presentations.presentation, name="presentation"),
    path("<slug:edition>/", sessions.OverviewView.as_view(), name="overview"),
    path("<slug:edition>/programme/", programme.ProgrammeView.as_view(), name="programme"),
    path("<slug:edition>/sessions/", sessions.SessionListView.as_view(), name="sessions"),
    path("<slug:edition>/sessions/<slug:slug>/", sessions.SessionView.as_view(), name="session"),
    path("<slug:edition>/workshops/", sessions.WorkshopListView.as_view(), name="workshops"),
    path("<slug:edition>/workshops/<slug:slug>/", sessions.WorkshopView.as_view(), name="workshop"),
    path("<slug:edition>/speakers/", sessions.SpeakerListView.as_view(), name="speakers"),
    path("<slug:edition>/presentations/", presentations.PresentationListView.as_view(), name="presentations"),
]
