"""Addresses of the pages anyone may read."""

from django.urls import path

from counterpart.web.public import asking, views

app_name = "public"

urlpatterns = [
    path("", views.home, name="home"),
    path("danger", views.danger, name="danger"),
    path("referral", views.referral, name="referral"),
    path("other-routes", views.other_routes, name="other_routes"),
    path("other-routes/whistleblowing", views.whistleblowing, name="whistleblowing"),
    path("other-routes/lado", views.lado, name="lado"),
    path("other-routes/not-safe", views.not_safe, name="not_safe"),
    path("other-routes/complaint", views.complaint, name="complaint"),
    path("policy", views.policies, name="policy"),
    path("policy/<slug:policy>", views.policy, name="policy_of"),
    path("policy/<slug:policy>/diagram.svg", asking.picture, name="picture"),
    path("policy/<slug:policy>/opposite-number", asking.opposite_of, name="opposite_of"),
    path("policy/<slug:policy>/clauses", asking.clauses, name="clauses"),
    path("policy/<slug:policy>/beside/<slug:other>", asking.changes, name="changes"),
    path("opposite-number", asking.opposites, name="opposites"),
    path("work-out-a-deadline", asking.deadline, name="deadline"),
    path("accessibility", views.accessibility, name="accessibility"),
    path("privacy", views.privacy, name="privacy"),
    path("health", views.health, name="health"),
]
