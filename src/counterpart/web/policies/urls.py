"""Addresses about a policy for people who are signed in."""

from django.urls import path

from counterpart.web.policies import views

app_name = "policies"

urlpatterns = [
    path("policy/<slug:policy>/have-your-say", views.have_your_say, name="say"),
    path("opposite-number/posts", views.posts, name="posts"),
]
