"""The addresses of who has looked at cases. A reference is entered on the page, and never in an address here."""

from django.urls import path

from counterpart.web.reading import views

app_name = "reading"

urlpatterns = [
    path("who-looked", views.who_looked, name="who_looked"),
    path("who-looked/alerts/<int:alert>/seen-to", views.seen_to, name="seen_to"),
]
