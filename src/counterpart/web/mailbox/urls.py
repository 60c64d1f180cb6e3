"""Addresses of the demonstration's mailbox."""

from django.urls import path

from counterpart.web.mailbox import views

app_name = "mailbox"

urlpatterns = [
    path("mailbox", views.messages, name="messages"),
    path("mailbox/<slug:message>", views.message, name="message"),
]
