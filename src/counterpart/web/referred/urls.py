"""The addresses of what has come to somebody: the list, and how one case came."""

from django.urls import path

from counterpart.web.referred import views

app_name = "referred"

urlpatterns = [
    path("referred", views.cases, name="cases"),
    path("referred/try-again/<slug:message>", views.try_again, name="try_again"),
    path("cases/<slug:reference>/how-it-came", views.how_it_came, name="how_it_came"),
]
