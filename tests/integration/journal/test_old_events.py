"""Events of an older program, as they lie in the database, read by a newer one."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction

from counterpart.engine.kinds import SEALED, Code, Words
from counterpart.engine.registry import EventType
from counterpart.journal import reading
from counterpart.journal.codec import Codec
from counterpart.journal.errors import Unreadable
from counterpart.journal.models import Event
from counterpart.journal.writing import append
from tests.integration.journal.stories import CANARY, NAMES, NOW, an_id, new

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkedThen:
    stage: Code
    said: Words = SEALED


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkedNow:
    step: Code
    is_late: bool
    said: Words = SEALED


def renamed(facts: dict[str, Any]) -> dict[str, Any]:
    return {"step": facts["stage"]}


def told_whether_late(facts: dict[str, Any]) -> dict[str, Any]:
    return {**facts, "is_late": False}


THEN = Codec({"talked": EventType("talked", 1, TalkedThen, ("stage",), ("said",))})
NOWADAYS = Codec(
    {
        "talked": EventType(
            "talked",
            3,
            TalkedNow,
            ("step", "is_late"),
            ("said",),
            {1: renamed, 2: told_whether_late},
        )
    }
)


def test_a_history_begun_by_an_old_program_is_read_and_continued_by_a_new_one() -> None:
    case = an_id()
    told = Words(f"{CANARY} said so")
    with transaction.atomic():
        old = new(TalkedThen(stage=Code("first"), said=told))
        append(case, "case", 0, [old], written_at=NOW, codec=THEN)
    with transaction.atomic():
        late = new(TalkedNow(step=Code("second"), is_late=True))
        append(case, "case", 1, [late], written_at=NOW, codec=NOWADAYS)
    first, second = reading.read_whole(case, codec=NOWADAYS)
    assert first.recorded.event == TalkedNow(step=Code("first"), is_late=False, said=told)
    assert first.names == NAMES
    assert second.recorded.event == TalkedNow(step=Code("second"), is_late=True)
    assert list(Event.objects.filter(stream=case).order_by("version").values_list("schema")) == [
        (1,),
        (3,),
    ]


def test_an_old_program_refuses_what_a_new_one_wrote() -> None:
    case = an_id()
    with transaction.atomic():
        late = new(TalkedNow(step=Code("second"), is_late=True))
        append(case, "case", 0, [late], written_at=NOW, codec=NOWADAYS)
    with pytest.raises(Unreadable, match="version 3 was written by a newer program"):
        reading.read_facts(case, codec=THEN)
    with pytest.raises(Unreadable, match="no kind of event is called talked"):
        reading.read_facts(case)
