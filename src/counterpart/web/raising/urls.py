"""The addresses of raising a concern. They hold an id nobody can guess, and never a word of it."""

from django.urls import path

from counterpart.web.raising import views

app_name = "raising"

urlpatterns = [
    path("raise", views.start, name="start"),
    path("raise/drafts", views.drafts_page, name="drafts"),
    path("raise/sent/<str:reference>", views.receipt_page, name="receipt"),
    path("raise/<str:draft>", views.resume, name="resume"),
    path("raise/<str:draft>/check", views.check, name="check"),
    path("raise/<str:draft>/delete", views.delete, name="delete"),
    path("raise/<str:draft>/remove/<str:child>", views.remove, name="remove"),
    path("raise/<str:draft>/<str:question>", views.question_page, name="question"),
    path("raise/<str:draft>/<str:question>/<str:about>", views.question_page, name="question"),
]
