"""The addresses of the calendar feed. The one with a secret in it is the only one that needs no sign-in."""

from django.urls import path

from counterpart.web.feeds import views

app_name = "feeds"

urlpatterns = [
    path("me/calendar", views.your_calendar, name="yours"),
    path("me/calendar/off", views.switch_off, name="off"),
    path("calendar/<str:token>.ics", views.feed, name="feed"),
]
