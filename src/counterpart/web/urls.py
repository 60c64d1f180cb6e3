"""Every address of the web application, and the pages for when something is wrong.

Each area says its own addresses in full, and each view its own rule (`access.routes.declared`).
"""

from django.urls import URLPattern, URLResolver, include, path

handler400 = "counterpart.web.errors.bad_request"
handler403 = "counterpart.web.errors.permission_denied"
handler404 = "counterpart.web.errors.not_found"
handler500 = "counterpart.web.errors.server_error"

AREAS = (
    "public",
    "signin",
    "visiting",  # before raising, whose drafts' addresses would take in one of its own
    "raising",
    "mypage",
    "feeds",
    "cases",
    "referred",
    "desk",
    "reading",
    "directory",
    "regular",
    "policies",
    "mailbox",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"counterpart.web.{area}.urls")) for area in AREAS
]
