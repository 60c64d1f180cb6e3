"""The addresses of My page. They are the same for everybody."""

from django.urls import path

from counterpart.web.mypage import views

app_name = "mypage"

urlpatterns = [
    path("me", views.my_page, name="my_page"),
    path("me/cases", views.cases, name="cases"),
    path("me/ended", views.cases, {"has_ended": True}, name="ended"),
    path("me/notices", views.notices, name="notices"),
    path("me/notices/seen", views.mark_all_seen, name="seen"),
]
