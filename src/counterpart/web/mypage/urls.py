"""The addresses of My page. They are the same for everybody, but for the parts of a case."""

from django.urls import path

from counterpart.web.mypage import away_views, handing_views, views

app_name = "mypage"

urlpatterns = [
    path("me", views.my_page, name="my_page"),
    path("me/cases", views.cases, name="cases"),
    path("me/ended", views.cases, {"has_ended": True}, name="ended"),
    path("me/notices", views.notices, name="notices"),
    path("me/notices/seen", views.mark_all_seen, name="seen"),
    path("me/hand-on", handing_views.hand_all, name="hand_all"),
    path("me/handed-on", handing_views.handed, name="handed"),
    path(
        "cases/<slug:reference>/hand-on/<slug:body>/<slug:role>",
        handing_views.hand_one,
        name="hand_one",
    ),
    path("me/away", away_views.away, name="away"),
    path("me/away/<slug:cover>/end", away_views.back, name="back"),
]
