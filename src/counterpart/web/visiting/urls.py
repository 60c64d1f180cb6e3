"""Addresses for people without an account. One holds a link's secret; none holds anything of a case."""

from django.urls import path

from counterpart.web.visiting import answering, entering, raising

app_name = "visiting"

urlpatterns = [
    path("answer/<str:token>", answering.link, name="link"),
    path("answer/<str:token>/again", answering.again, name="again"),
    path("raise/without-account", raising.ask, name="ask"),
    path("visit/code", entering.code, name="code"),
    path("visit/who", entering.who, name="who"),
    path("visit", answering.duty, name="duty"),
    path("visit/passed-on", answering.passed_on, name="passed_on"),
]
