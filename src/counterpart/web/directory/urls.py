"""The addresses of the directory's pages. Nobody's name or address is in one."""

from django.urls import path

from counterpart.web.directory import agencies, closing, files, people, posts, ties

app_name = "directory"

urlpatterns = [
    path("directory", agencies.directory, name="directory"),
    path("directory/agencies/add", agencies.add, name="add_agency"),
    path("directory/import", files.look, name="import"),
    path("directory/import/do", files.bring_in, name="bring_in"),
    path("directory/export/<slug:kind>", files.write_out, name="export"),
    path("directory/ties", ties.ties, name="ties"),
    path("directory/ties/<slug:tie>/end", ties.end, name="end_tie"),
    path("directory/agencies/<slug:body>", agencies.body, name="body"),
    path("directory/agencies/<slug:body>/change", agencies.change, name="change_agency"),
    path("directory/agencies/<slug:body>/close", closing.agency, name="close_agency"),
    path("directory/agencies/<slug:body>/open", closing.open_agency, name="open_agency"),
    path("directory/agencies/<slug:body>/confirm", agencies.confirm, name="confirm"),
    path("directory/agencies/<slug:body>/add-post", posts.add, name="add_post"),
    path("directory/posts/<slug:post>", posts.post, name="post"),
    path("directory/posts/<slug:post>/change", posts.change, name="change_post"),
    path("directory/posts/<slug:post>/close", closing.post, name="close_post"),
    path("directory/posts/<slug:post>/open", closing.open_post, name="open_post"),
    path("directory/posts/<slug:post>/appoint", posts.appoint, name="appoint"),
    path("directory/appointments/<slug:holding>/end", posts.end, name="end"),
    path("directory/people/<slug:person>", people.person, name="person"),
    path("directory/people/<slug:person>/change", people.change, name="change_person"),
    path("directory/people/<slug:person>/leave", people.leave, name="leave"),
    path("directory/people/<slug:person>/cover", people.cover, name="cover"),
    path("directory/cover/<slug:cover>/end", people.end_cover, name="end_cover"),
]
