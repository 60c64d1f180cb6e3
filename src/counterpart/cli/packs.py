"""`counterpart pack`: a case as a document, for one named person, with what that person may see.

Whoever runs the installation sees no case by that. So the command makes what the person it is for could make, and it
is in the log of reads as theirs, with the words that it was made by the command.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from counterpart.cli import installation
from counterpart.cli.faults import CannotGoOn
from counterpart.cli.policies.files import named, write
from counterpart.cli.policies.saying import say
from counterpart.config import startup

BY_COMMAND = "by the command"
NO_CASE = "There is no such case for the person at this address."


def write_out(case: str, output: Path, *, who: str, part: str, stage: str, as_of: str) -> None:
    """Write the pack and say what was written. Raises CannotGoOn, and then nothing is written."""
    kind = output.suffix.lower().removeprefix(".")
    _refuse_odd(kind, part, stage)
    now = datetime.now(UTC)
    at = _end_of(as_of, now)
    startup.require_ready()
    installation.start_django()
    installation.require_guarded()
    what, content = made(case, kind, who=who, part=part, stage=stage, at=at, now=now)
    write(output, content)
    say(f"Wrote {named(output)}: {what[:1].lower()}{what[1:]}, {len(content) // 1024 or 1} KB.")


def made(
    case: str, kind: str, *, who: str, part: str, stage: str, at: datetime | None, now: datetime
) -> tuple[str, bytes]:
    """Which part it is, in words, and the document. Django is ready. Raises CannotGoOn.

    It does not tell a case that is hidden from one that is not there.
    """
    from counterpart.access.answers import Allowed
    from counterpart.access.permission import can
    from counterpart.casework.casefile import find
    from counterpart.pack import asking, giving

    person, found = _person(who), find(case)
    answer = can(person, "see_case", found, now) if found else None
    if found is None or not isinstance(answer, Allowed):
        raise CannotGoOn(NO_CASE)
    usual = asking.OUTCOME if kind == giving.WORD else asking.STAGE if stage else asking.WHOLE
    asked = asking.PackAsked(part=part or usual, stage=_stage(found, stage, now), as_of=at)
    allowed = replace(answer, basis=f"{answer.basis}, {BY_COMMAND}")
    try:
        pack = giving.give(
            case=found, person=person, allowed=allowed, asked=asked, kind=kind, now=now
        )
    except asking.CannotMake as no:
        raise CannotGoOn(str(no)) from None
    return asking.PARTS[asked.part], pack.content


def _refuse_odd(kind: str, part: str, stage: str) -> None:
    """What cannot be meant, before anything is opened."""
    if kind not in ("pdf", "docx"):
        raise CannotGoOn("The file must end in .pdf, or in .docx for the outcome statement.")
    if part not in ("", "whole", "stage", "outcome", "summary", "papers"):
        raise CannotGoOn("--part is whole, stage, outcome, summary or papers.")
    if kind == "docx" and (part not in ("", "outcome") or stage):
        raise CannotGoOn("Only the outcome statement can be had in Word. All else is a PDF.")
    if part and (part == "stage") != bool(stage):
        raise CannotGoOn("For one stage give --stage, and no other --part.")


def _end_of(day: str, now: datetime) -> datetime | None:
    """The last moment of a day in London, now for today; None where no day was given."""
    if not day:
        return None
    try:
        asked = date.fromisoformat(day)
    except ValueError:
        raise CannotGoOn(f"“{day}” is not a day. Write it as 2026-11-24.") from None
    from counterpart.worktime import in_london

    today = in_london(now).date()
    if asked > today:
        raise CannotGoOn("--as-of is a day that has not come yet.")
    if asked == today:
        return now.replace(microsecond=0)
    from zoneinfo import ZoneInfo

    midnight = datetime.combine(asked + timedelta(days=1), time(), ZoneInfo("Europe/London"))
    return midnight.astimezone(UTC) - timedelta(seconds=1)


def _person(address: str) -> str:
    from counterpart.people.models import Account

    row = Account.objects.filter(email=address.strip().lower(), is_active=True).first()
    if row is None:
        raise CannotGoOn("No open account has this address.")
    return str(row.person_id)


def _stage(case: str, asked: str, now: datetime) -> str:
    """The id of the stage that is meant by its id, number or name. The policy's stages are no secret."""
    if not asked:
        return ""
    from counterpart.casework.casefile import open_case

    for stage in open_case(case, now).policy.stages.values():
        if asked.strip().lower() in (
            stage.id.lower(),
            str(stage.number).lower(),
            stage.name.lower(),
        ):
            return stage.id
    raise CannotGoOn("The policy of this case has no stage of that name.")
