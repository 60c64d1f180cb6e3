"""The addresses of regular duties. Nothing that anybody wrote is in one."""

from django.urls import path

from counterpart.web.regular import acts, views

app_name = "regular"

urlpatterns = [
    path("desk/regular", views.desk, name="desk"),
    path("desk/regular/<slug:regular>/<slug:period>", views.answers, name="answers"),
    path("regular", views.mine, name="mine"),
    path("regular/<slug:office>/do/<slug:regular>/<slug:period>/<slug:whose>", acts.do, name="do"),
    path(
        "regular/<slug:office>/happened/<slug:regular>/<slug:whose>", acts.happened, name="happened"
    ),
    path("regular/<slug:office>/correct/<slug:written>", acts.correct, name="correct"),
    path("regular/<slug:office>/withdraw/<slug:written>", acts.withdraw, name="withdraw"),
]
