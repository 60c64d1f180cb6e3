"""The addresses of signing in. Their names are those allauth looks for, so they stand in no namespace."""

from django.urls import path

from counterpart.web.signin import asking, inviting, own, through_agency, views

urlpatterns = [
    path("sign-in", views.sign_in, name="account_login"),
    path("sign-in/code", views.ask_for_code, name="account_request_login_code"),
    path("sign-in/code/enter", views.enter_code, name="account_confirm_login_code"),
    path("sign-in/second-step", asking.second_step, name="mfa_authenticate"),
    path("sign-in/agency", through_agency.through_agency, name="account_through_agency"),
    path(
        "sign-in/agency/<slug:provider_id>/back",
        through_agency.back,
        name="openid_connect_callback",
    ),
    path("sign-in/account", views.get_an_account, name="account_signup"),
    path("sign-out", views.sign_out, name="account_logout"),
    path("invitation/<str:token>", inviting.accept, name="account_accept"),
    path("account", own.overview, name="account"),
    path("account/password", own.password, name="account_password"),
    path("account/confirm", asking.confirm, name="account_confirm"),
    path("account/second-step", own.choose, name="account_second_step"),
    path("account/second-step/app", own.app, name="account_app"),
    path("account/second-step/app/remove", own.remove_app, name="account_remove_app"),
    path("account/second-step/key", own.passkey, name="account_passkey"),
    path(
        "account/second-step/key/<int:passkey>/remove",
        own.remove_passkey,
        name="account_remove_passkey",
    ),
    path("account/codes", own.codes, name="account_codes"),
    path("accounts/<slug:person>/invite", inviting.invite, name="account_invite"),
]
