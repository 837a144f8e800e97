from django.urls import path

from apps.accounts.views import account, sessions, sign_on

urlpatterns = [
    path("account/", account.account, name="account"),
    path("account/sessions/", sessions.sessions, name="sessions"),
    path("account/sessions/end/", sessions.sessions_end, name="sessions_end"),
    path("accounts/oidc/<str:provider_id>/login/", sign_on.oidc_login, name="openid_connect_login"),
    path(
        "accounts/oidc/<str:provider_id>/login/callback/",
        sign_on.oidc_callback,
        name="openid_connect_callback",
    ),
    path("accounts/saml/<slug:organization_slug>/acs/", sign_on.saml_answer, name="saml_acs"),
    path("accounts/saml/<slug:organization_slug>/sls/", sign_on.saml_logout, name="saml_sls"),
    path("accounts/break-glass/<str:token>/", sign_on.break_glass, name="break_glass"),
    path("invitation/<str:token>/", account.invitation, name="invitation"),
    path("invitation/<str:token>/opened/", account.invitation_opened, name="invitation_opened"),
    path("healthz", account.healthz, name="healthz"),
]
