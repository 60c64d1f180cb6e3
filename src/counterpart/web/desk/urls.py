"""The addresses of the desk. What somebody looks for is never in one."""

from django.urls import path

from counterpart.web.desk import views

app_name = "desk"

urlpatterns = [
    path("desk", views.desk, name="desk"),
    path("desk/find", views.find_case, name="find"),
    path("desk/messages/<slug:message>/again", views.try_again, name="try_again"),
    path(
        "desk/cases/<slug:reference>/reassign/<slug:body>/<slug:role>",
        views.reassign,
        name="reassign",
    ),
]
