"""The addresses of raising a concern. They hold an id nobody can guess, and never a word of it."""

from django.urls import path

from counterpart.web.raising import views

app_name = "raising"

urlpatterns = [
    path("raise", views.start, name="start"),
    path("raise/drafts", views.drafts_page, name="drafts"),
    path("raise/sent/<slug:reference>", views.receipt_page, name="receipt"),
    path("raise/<slug:draft>", views.resume, name="resume"),
    path("raise/<slug:draft>/check", views.check, name="check"),
    path("raise/<slug:draft>/delete", views.delete, name="delete"),
    path("raise/<slug:draft>/remove/<slug:child>", views.remove, name="remove"),
    path("raise/<slug:draft>/<slug:question>", views.question_page, name="question"),
    path("raise/<slug:draft>/<slug:question>/<slug:about>", views.question_page, name="question"),
]
