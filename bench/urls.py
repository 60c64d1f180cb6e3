"""The addresses of the application, and beside them those of the bare views."""

from django.urls import include, path

from bench import bare
from counterpart.web import urls

handler400 = urls.handler400
handler403 = urls.handler403
handler404 = urls.handler404
handler500 = urls.handler500

urlpatterns = [
    path("bare/desk", bare.desk),
    path("bare/cases/<slug:reference>", bare.case),
    path("bare/cases/<slug:reference>/record", bare.record),
    path("", include(urls)),
]
