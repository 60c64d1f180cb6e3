"""The addresses of signing in. Their names are those allauth looks for, so they stand in no namespace."""

from django.urls import path

from counterpart.web.signin import views

urlpatterns = [
    path("sign-in", views.sign_in, name="account_login"),
    path("sign-in/code", views.ask_for_code, name="account_request_login_code"),
    path("sign-in/code/enter", views.enter_code, name="account_confirm_login_code"),
    path("sign-in/account", views.get_an_account, name="account_signup"),
    path("sign-out", views.sign_out, name="account_logout"),
]
