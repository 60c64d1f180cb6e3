"""Plain Django views that ask the database what the real pages ask, and answer with a line of text.

They are what a page would cost if it worked nothing out, opened no words and drew nothing: the peers of `scenes`. Each
goes through the same middleware, signed in, and makes the same number of statements on the same tables; `subject`
refuses to measure beside one that does not. When a page asks for less, so must its view here.

They must never be part of an installation: they admit everybody who is signed in.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from counterpart.access.models import Alert, Denial, Read, Relation
from counterpart.access.routes import declared
from counterpart.journal.models import Event, Stream, Submission, Words
from counterpart.lists.models import CaseRow, DutyRow
from counterpart.messages.models import Hold, Notice, OutboxRow, Routine, Rung
from counterpart.people.models import (
    Account,
    Agency,
    Cover,
    Holding,
    Partnership,
    Person,
    Post,
)
from counterpart.vault.models import StreamKey

PAGE = 26
BOUND = 101


@declared("signed_in")
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """The statements of the case page."""
    now, person = _now(request), _person(request)
    found = _admitted(person, reference, now)
    Read(case=found.case, person=person, at=now, basis="bare", page="bare:case").save()
    events, bodies = _record(found)
    _directory(bodies, found.partnership)
    _ties(found.case, person)
    return _answer(request, len(events))


@declared("desk")
def desk(request: HttpRequest) -> HttpResponse:
    """The statements of the desk's first page. Whose desk it is, the middleware has asked."""
    now = _now(request)
    partnership = Partnership.objects.get()
    Partnership.objects.get(id=partnership.id)
    denied = list(Denial.objects.filter(person=_person(request)).values_list("case", flat=True))
    duties = DutyRow.objects.filter(partnership=partnership.id).exclude(case__in=denied)
    cases = CaseRow.objects.filter(partnership=partnership.id).exclude(case__in=denied)
    late, nobody = duties.filter(due_at__lt=now), duties.exclude(nobody="")
    soon = duties.filter(due_at__gte=now, due_at__lt=now + timedelta(days=2))
    for counted in (nobody, late, soon):
        list(counted.values_list("pk", flat=True)[:BOUND])
    for some in (cases.filter(waiting_since__isnull=False), cases.filter(status="open")):
        list(some.values_list("pk", flat=True)[:BOUND])
    rows = list(late.select_related("case").order_by("due_at", "id")[:PAGE])
    rows += nobody.select_related("case").order_by("opened_at", "id")[:PAGE]
    posts = {row.post for row in rows}
    _, people = _held(Q(id__in=posts))
    list(Cover.objects.filter(Q(person__in=people) | Q(post__in=posts)).select_related("covering"))
    bodies = {row.body for row in rows}
    list(Agency.objects.filter(id__in=bodies))
    list(Partnership.objects.filter(id__in=bodies))
    Routine.objects.filter(name="worker").first()
    Routine.objects.filter(name="worker").first()
    Hold.objects.first()
    unsent = OutboxRow.objects.filter(sent_at__isnull=True, made_at__lt=now)
    list(unsent.values_list("template", flat=True).distinct())
    silent = Rung.objects.filter(duty=OuterRef("id"), outcome="nobody")
    list(duties.filter(Exists(silent), nobody="").select_related("case")[:PAGE])
    list(Alert.objects.filter(partnership=partnership.id, looked_at__isnull=True)[:PAGE])
    of_here = Q(partnership=partnership) | Q(agency__memberships__partnership=partnership)
    a_year_ago = now.date() - timedelta(days=365)
    Post.objects.filter(of_here, last_confirmed_on__lt=a_year_ago).count()
    policies = list(Stream.objects.filter(kind="policy").order_by("id")[:PAGE])
    list(Stream.objects.filter(kind="policy", id__gt=policies[-1].id).order_by("id")[:PAGE])
    for policy in policies:
        list(Event.objects.filter(stream=policy.id, type="policy_comment_made"))
    return _answer(request, len(rows))


@declared("signed_in", methods=("POST",))
def record(request: HttpRequest, reference: str) -> HttpResponse:
    """The statements of recording a discussion, the writing among them."""
    now, person = _now(request), _person(request)
    found = _admitted(person, reference, now)
    events, bodies = _record(found)
    StreamKey.objects.filter(stream=found.case).first()  # nobody has looked at this case before
    _directory(bodies, found.partnership)
    _standing(person, now.date())  # whose the act is, beside whether one may see the case
    _ties(found.case, person)
    post = _standing(person, now.date())[0].post
    Post.objects.select_related("agency", "partnership").filter(id=post.id).first()
    Person.objects.values_list("name", flat=True).get(id=person)
    key = request.POST["idempotency_key"]
    Submission.objects.filter(key=key).first()
    with transaction.atomic():
        events = list(Event.objects.filter(stream=found.case).order_by("version"))
        posts = _directory(bodies, found.partnership)
        _append(request, found, events[-1], key)
        list(Rung.objects.filter(case=found.case))
        _rewrite(found, now)
        _owe(found, posts[0], now)
    _standing(person, now.date())  # whether the case is still theirs to see
    _ties(found.case, person)
    return HttpResponseRedirect("/", status=303)


def _admitted(person: str, reference: str, now: datetime) -> CaseRow:
    """Finding a case, and asking whether the person may."""
    found = CaseRow.objects.get(reference=reference)
    _standing(person, now.date())
    _ties(found.case, person)
    return found


def _standing(person: str, day: date) -> list[Holding]:
    list(Cover.objects.filter(covering=person, from_on__lte=day, until_on__gt=day))
    posts = ("person", "post__agency", "post__partnership")
    held = list(Holding.objects.filter(person=person).select_related(*posts).order_by("from_on"))
    Account.objects.filter(person=person, is_administrator=True).exists()
    return held


def _ties(case: str, person: str) -> None:
    list(Relation.objects.filter(case=case).order_by("id"))
    list(Denial.objects.filter(case=case, person=person).order_by("id"))


def _record(found: CaseRow) -> tuple[list[Event], list[str]]:
    """The whole record as it is kept, and the agencies and posts that go with it."""
    events = list(Event.objects.filter(stream=found.case).order_by("version"))
    list(Words.objects.filter(stream=found.case))
    Partnership.objects.get(id=found.partnership)
    raised = json.loads(events[0].facts)
    bodies = [party["agency"] for party in (raised["raising"], *raised["receiving"])]
    list(Agency.objects.filter(id__in=bodies))
    return events, bodies


def _directory(bodies: list[str], partnership: str) -> list[str]:
    posts, people = _held(Q(agency__in=bodies) | Q(partnership=partnership))
    list(Cover.objects.filter(Q(person__in=people) | Q(post__in=posts)).select_related("covering"))
    return posts


def _held(here: Q) -> tuple[list[str], set[str]]:
    """Some posts by title, and whoever holds or held one of them. One statement."""
    columns = ("id", "holdings__person", "holdings__person__name")
    rows = list(Post.objects.filter(here).order_by("title", "id").values_list(*columns))
    return list(dict.fromkeys(row[0] for row in rows)), {row[1] for row in rows if row[1]}


def _append(request: HttpRequest, found: CaseRow, last: Event, key: str) -> None:
    now, version = _now(request), last.version + 1
    stream = Stream.objects.filter(id=found.case, version=last.version)
    stream.update(version=version)
    Submission.objects.bulk_create(
        [Submission(key=key, stream=found.case, first_version=version, last_version=version,
                    made_at=now)]
    )  # fmt: skip
    event = Event(
        id=uuid4().hex,
        stream=found.case,
        version=version,
        type="step_recorded",
        schema=1,
        happened_at=now,
        written_at=now,
        actor=last.actor,
        facts='{"agencies":[],"how":"telephone","posts":[],"result":"not_agreed","step":"workers-discuss"}',
    )
    Event.objects.bulk_create([event])
    # As many words as a discussion has, sealed beforehand: what nobody opens again.
    Words.objects.bulk_create(
        Words(
            stream=found.case, event=event.id, field=f"bare_{n}", salt=b"\0" * 32, sealed=b"\0" * 90
        )
        for n in range(5)
    )


def _rewrite(found: CaseRow, now: datetime) -> None:
    found.version += 1
    found.last_at = now
    found.save(force_update=True)
    duties = list(DutyRow.objects.filter(case=found.case))
    stale = duties[:1]
    DutyRow.objects.filter(id__in=[duty.id for duty in stale]).delete()
    DutyRow.objects.bulk_create(stale)
    list(Relation.objects.filter(case=found.case))  # none has come or gone


def _owe(found: CaseRow, post: str, now: datetime) -> None:
    told = [
        Notice(case=found.case, reference=found.reference, kind="new_entry", about=uuid4().hex,
               to_kind="post", to=post, made_at=now)
        for _ in range(4)
    ]  # fmt: skip
    Notice.objects.bulk_create(told, ignore_conflicts=True)
    mail = uuid4().hex
    OutboxRow.objects.bulk_create(
        [OutboxRow(id=mail, key=mail, case=found.case, reference=found.reference,
                   template="new_duty", path="/", message_id=f"<{mail}@localhost>", to_kind="post",
                   to=post, is_urgent=False, made_at=now, sent_at=now)],
        ignore_conflicts=True,
    )  # fmt: skip


def _answer(request: HttpRequest, count: int) -> HttpResponse:
    account: Any = request.user
    return HttpResponse(f"{account.person.name}: {count}", content_type="text/plain")


def _person(request: HttpRequest) -> str:
    account: Any = request.user
    return str(account.person_id)


def _now(request: HttpRequest) -> datetime:
    now: datetime = request.now  # type: ignore[attr-defined]  # set by the sign-in's middleware
    return now
