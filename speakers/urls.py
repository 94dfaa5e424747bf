"""Addresses of people on stage and of their own profile."""

from django.urls import path

from speakers import views

app_name = "speakers"
urlpatterns = [
    path("speakers/<slug:slug>/", views.SpeakerView.as_view(), name="speaker"),
    path("speaker/profile/", views.edit_profile, name="profile"),
    path("speaker/invitation/<str:token>/", views.accept_invitation, name="invitation"),
]
