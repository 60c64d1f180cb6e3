"""The addresses of the desk. What somebody looks for is never in one."""

from django.urls import path

from counterpart.web.desk import comments, moving, policies, views

app_name = "desk"

urlpatterns = [
    path("desk", views.desk, name="desk"),
    path("desk/find", views.find_case, name="find"),
    path("desk/policy", policies.policy, name="policy"),
    path("desk/policy/new", policies.bring_in, name="bring_in"),
    path("desk/policy/put-in-force", policies.put_in_force, name="put_in_force"),
    path("desk/policy/editions/<slug:edition>", policies.edition, name="edition"),
    path("desk/policy/editions/<slug:edition>/file", policies.download, name="edition_file"),
    path("desk/policy/comments", comments.comments, name="comments"),
    path("desk/policy/comments/<slug:comment>", comments.answer, name="answer_comment"),
    path("desk/messages/<slug:message>/again", views.try_again, name="try_again"),
    path("desk/cases/<slug:reference>/edition", moving.move, name="move"),
    path(
        "desk/cases/<slug:reference>/reassign/<slug:body>/<slug:role>",
        views.reassign,
        name="reassign",
    ),
]
