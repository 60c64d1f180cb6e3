"""A partnership's directory from files and to files: look at what would change, then bring it in.

A file is held in memory and in the page it is looked at on; nothing is kept until it is brought in.
"""

from __future__ import annotations

from itertools import islice

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from counterpart.access.routes import declared
from counterpart.casework import importing
from counterpart.casework.importing import Overtaken
from counterpart.people.days import day_of
from counterpart.people.importing import exporting
from counterpart.people.importing.columns import KINDS
from counterpart.people.importing.plan import Plan
from counterpart.people.importing.reading import Sheet, read_sheet
from counterpart.web.directory.doing import done
from counterpart.web.directory.forms import MOST_IN_A_FILE, BringInForm, FilesForm
from counterpart.web.directory.looked_at import MOST_SEALED, LookedAt, NotOurs, opened
from counterpart.web.directory.scope import Managed, of_one_partnership
from counterpart.web.errors import conflict
from counterpart.web.forms.files import take_one
from counterpart.web.pages import page, see_other
from counterpart.web.signin.stepping_up import fresh

SHOWN = 200
"""Problems, and changes, that one page lists; all of them are counted."""
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DONE = "The directory has been changed as the files say."
TOO_LARGE = (
    "These files are too large together to be brought in here. Bring them in one after the other, "
    "agencies first, or ask whoever runs Counterpart for you to do it."
)
TOO_OLD = "What you looked at is no longer on this page. Choose the files again."
OVERTAKEN = "The directory changed while you were looking, so nothing was brought in."
AS_IT_IS = "The directory says all of this already. There is nothing to bring in."


@declared("signed_in", methods=("GET", "POST"))
@csrf_exempt  # the form is checked below, after the files may come in
def look(request: HttpRequest) -> HttpResponseBase:
    """Files, what is wrong in them, and what they would change. Nothing is kept."""
    take_one(request, MOST_IN_A_FILE)
    return _look(request)


@csrf_protect
@of_one_partnership
def _look(request: HttpRequest, managed: Managed) -> HttpResponse:
    if request.method != "POST":
        return _asked(request, managed, FilesForm(None))
    form = FilesForm(request.POST, files=request.FILES)
    if not form.is_valid():
        return _asked(request, managed, form)
    sent = tuple(
        (f"{kind}.csv", form.cleaned_data[kind]) for kind in KINDS if form.cleaned_data[kind]
    )
    sheets = _read(sent)
    plan = importing.dry_run(sheets=sheets, partnership=managed.partnership.id, now=managed.now)
    if plan.problems:
        form.refuse("Nothing was changed. What is wrong in the files is listed on this page.")
        return _asked(request, managed, form, plan)
    if plan.is_empty:
        form.refuse(AS_IT_IS)
        return _asked(request, managed, form)
    carried = LookedAt(sent, managed.partnership.id, plan.mark).sealed()
    if len(carried) > MOST_SEALED:
        form.refuse(TOO_LARGE)
        return _asked(request, managed, form)
    return _check(request, managed, plan, BringInForm(carried=carried))


@declared("signed_in", methods=("POST",))
def bring_in(request: HttpRequest) -> HttpResponseBase:
    """Do what was looked at."""
    return _bring_in(request)


@of_one_partnership
def _bring_in(request: HttpRequest, managed: Managed) -> HttpResponse:
    here = managed.partnership.id
    try:
        looked_at = opened(request.POST.get("carried", ""), here)
    except NotOurs:
        form = FilesForm({})
        form.errors.clear()
        form.refuse(TOO_OLD)
        return _asked(request, managed, form)
    sheets, sent = _read(looked_at.files), BringInForm(request.POST)
    try:
        if sent.is_valid() and done(
            sent,
            lambda key: importing.bring_in(
                sheets=sheets, partnership=here, actor=managed.acting, now=managed.now,
                looked_at=looked_at.mark, key=key,
            ),
        ):  # fmt: skip
            messages.success(request, DONE)
            return see_other(managed.href("directory"))
    except Overtaken:
        link = ("Choose the files again", managed.href("import"))
        return conflict(request, what=OVERTAKEN, typed=[], link=link)
    plan = importing.dry_run(sheets=sheets, partnership=here, now=managed.now)
    return _check(request, managed, plan, sent)


@declared("signed_in")
def write_out(request: HttpRequest, kind: str) -> HttpResponseBase:
    """One of the three files, or all of them as a spreadsheet."""
    return _write_out(request, kind=kind)


@of_one_partnership
@fresh
def _write_out(_request: HttpRequest, managed: Managed, kind: str) -> HttpResponse:
    here, today = managed.partnership, day_of(managed.now)
    if kind == "spreadsheet":
        content, media, name = (
            exporting.as_spreadsheet(here.id, today),
            SPREADSHEET,
            "directory.xlsx",
        )
    elif kind in KINDS:
        content, media = exporting.as_csv(kind, here.id, today), "text/csv; charset=utf-8"
        name = f"{kind}.csv"
    else:
        raise Http404
    answer = HttpResponse(content, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _read(files: tuple[tuple[str, bytes], ...]) -> list[Sheet]:
    return [read_sheet(name, content) for name, content in files]


def _asked(
    request: HttpRequest, managed: Managed, form: FilesForm, plan: Plan | None = None
) -> HttpResponse:
    problems = plan.problems if plan else []
    rows = [(p.file, str(p.row or ""), p.column, p.words) for p in problems[:SHOWN]]
    values = {
        "form": form,
        "managed": managed,
        "problems": rows,
        "count": len(problems),
        "kinds": KINDS,
    }
    return page(request, "directory/import.jinja", values)


def _check(request: HttpRequest, managed: Managed, plan: Plan, form: BringInForm) -> HttpResponse:
    changes = list(islice(plan.changes(), SHOWN + 1))
    values = {
        "form": form,
        "managed": managed,
        "counts": [(words.capitalize(), f"{count:,}") for words, count in plan.counts()],
        "notes": [(n.file, str(n.row or ""), n.words) for n in plan.notes[:SHOWN]],
        "changes": [(c.name, c.what.capitalize(), c.detail) for c in changes[:SHOWN]],
        "is_more": len(changes) > SHOWN,
        "action": managed.href("bring_in"),
    }
    return page(request, "directory/check.jinja", values)
