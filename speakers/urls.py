"""Addresses of people on stage and of their own profile."""

from django.urls import path

from speakers.views import own, public

app_name = "speakers"
urlpatterns = [
    path("speakers/<slug:slug>/", public.SpeakerView.as_view(), name="speaker"),
    path("speaker/profile/", own.edit_profile, name="profile"),
    path("speaker/invitation/<str:token>/", own.accept_invitation, name="invitation"),
]
