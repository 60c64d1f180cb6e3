"""The forms of a meeting that an agency requires: who comes, the times put forward, and when it is.

They check shape; whether an act may happen, and whose it is, is asked elsewhere. Who came is asked
on the form of the meeting's own step (`attendance`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from counterpart.engine.between import Meeting
from counterpart.engine.kinds import Id
from counterpart.policy.phrases import listed
from counterpart.telling.dates import moment
from counterpart.web.cases.between import where_it_is
from counterpart.web.cases.between_forms import known
from counterpart.web.cases.forms import ActForm
from counterpart.web.forms import (
    CarriedField,
    CheckboxesField,
    LineField,
    MomentField,
    Option,
    RadiosField,
    WordsField,
)

FIRST_TIMES, MOST_TIMES = 3, 5
NONE, ANOTHER = "none", "another"


class RequireMeetingForm(ActForm):
    """Require a meeting: for which agency, who is asked to come, and why."""

    reason = WordsField(
        "Why is a meeting needed?",
        missing="Write why a meeting is needed",
        hint="Everybody who is asked to come can read it.",
        rows=4,
    )

    def offer(self, outside: Sequence[tuple[str, str]]) -> None:
        """What there is to choose; `outside` are agencies, each (id, name), that one may write it down for."""
        self._ask_for_whom(outside)
        others = [a for a in self.file.state.parties if a != self.own]
        if len(others) > 1:
            self.fields["agencies"] = CheckboxesField(
                "Which agencies are asked to come?",
                missing="Choose at least one agency",
                options=[Option(a, self.file.body_name(a)) for a in others],
            )
            self.initial["agencies"] = others
        self.order_fields(["version", "for_post", "required_by", "agencies", "reason"])

    def _ask_for_whom(self, outside: Sequence[tuple[str, str]]) -> None:
        """For which agency: one's own, unless the policy lets one outside the case require it too."""
        if "for_post" in self.fields or not outside:
            return
        own = [self.own] if self.own in self.file.state.parties else []
        self.fields["required_by"] = RadiosField(
            "Which agency requires it?",
            missing="Choose the agency that requires it",
            hint="If you write this down for an agency that is not in the case, choose that one.",
            options=[
                *(Option(a, self.file.body_name(a)) for a in own if a),
                *(Option(id, name) for id, name in outside),
            ],
        )
        self.initial.setdefault("required_by", self.own or "")

    @property
    def asked(self) -> list[str]:
        """The agencies of the case that are to be there: those asked, and one's own."""
        parties = self.file.state.parties
        chosen = {*self.cleaned_data.get("agencies", parties), self.own}
        return [a for a in parties if a in chosen]


class MeetingForm(ActForm):
    """What the forms about one meeting share."""

    @property
    def meeting(self) -> Meeting:
        """The meeting that the page is about."""
        return known(self.file.state.between.meeting(self.target))

    @property
    def waits_for(self) -> str:
        """The agencies that have yet to say when they can come."""
        return listed(tuple(self.file.body_name(a) for a in self.meeting.unanswered))

    @property
    def where_before(self) -> str:
        """Where it was last said to be."""
        return where_it_is(self.file, self.target)


class TimesForm(MeetingForm):
    """Put forward up to five times."""

    rows = CarriedField()
    where = LineField(
        "Where?",
        hint="A place, or how to join by video. You can say this later.",
        required=False,
        limit=500,
    )

    def begins(self) -> dict[str, Any]:
        return {"rows": str(FIRST_TIMES), "where": self.where_before}

    def build(self) -> None:
        if self.wants_more:
            self.carries(rows=str(self.row_count))
        for i in range(1, self.row_count + 1):
            self.fields[f"time_{i}"] = MomentField(
                f"Time {i}",
                missing="Enter at least one time",
                named=f"Time {i}",
                required=i == 1,
            )
        self.order_fields(
            ["version", "rows", "for_post", *(f"time_{i}" for i in range(1, MOST_TIMES + 1))]
        )

    @property
    def row_count(self) -> int:
        """How many times the page asks for; more when more are asked for."""
        sent = str(self.data.get("rows", FIRST_TIMES))
        count = int(sent) if sent.isdecimal() and len(sent) < 3 else FIRST_TIMES
        return max(1, min(MOST_TIMES, MOST_TIMES if self.wants_more else count))

    @property
    def wants_more(self) -> bool:
        """Whether the button for more times was pressed."""
        return "more" in self.data

    @property
    def may_have_more(self) -> bool:
        """Whether there is room for more times."""
        return self.row_count < MOST_TIMES

    @property
    def times(self) -> list[datetime]:
        """The times entered."""
        rows = range(1, self.row_count + 1)
        return [at for i in rows if (at := self.cleaned_data.get(f"time_{i}"))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        before: list[datetime] = []
        for i in range(1, self.row_count + 1):
            at = cleaned.get(f"time_{i}")
            if at is None:
                continue
            if at <= self.file.now:
                self.add_error(f"time_{i}", f"Time {i} must be later than now")
            elif at in before:
                self.add_error(f"time_{i}", f"Time {i} is there already. Enter another")
            before.append(at)
        return cleaned


class TimesAnswerForm(MeetingForm):
    """Say at which of the times one's agency can come."""

    times = CheckboxesField(
        "When can your agency come?",
        missing="Choose the times you can come, or say that you can come at none of them",
        hint="Choose all that are possible.",
    )
    says = WordsField(
        "Is there anything to add?",
        hint="If none of the times is possible, say which would be.",
        required=False,
        rows=3,
    )

    def begins(self) -> dict[str, Any]:
        said = self.meeting.answers.get(Id(self.own or ""))
        if said is None:
            return {}
        return {"times": [at.isoformat() for at in said] or [NONE]}

    def build(self) -> None:
        self.fields["times"].options = [  # type: ignore[attr-defined]  # a choosing field
            *(Option(at.isoformat(), moment(at)) for at in self.meeting.times),
            Option(NONE, "At none of these times", after_or=True),
        ]

    @property
    def chosen(self) -> list[datetime]:
        """The times chosen; none of them is an answer too."""
        return [datetime.fromisoformat(at) for at in self.cleaned_data["times"] if at != NONE]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if NONE in (chosen := cleaned.get("times", [])) and len(chosen) > 1:
            self.add_error("times", "Choose times, or “At none of these times”, but not both")
        return cleaned


class ArrangeForm(MeetingForm):
    """Say when the meeting is: one of the times put forward, or another."""

    meets_at = MomentField(
        "When is the meeting?",
        missing="Enter when the meeting is",
        named="The date of the meeting",
        required=False,
    )
    where = LineField("Where?", required=False, limit=500, hint="A place, or how to join by video.")

    def begins(self) -> dict[str, Any]:
        return {"where": self.where_before}

    def build(self) -> None:
        times = [at for at in self.meeting.times if at > self.file.now]
        if not times:
            return
        self.fields["time"] = RadiosField(
            "When is the meeting?",
            missing="Choose when the meeting is",
            options=[
                *(Option(at.isoformat(), moment(at), self._who_can(at)) for at in times),
                Option(ANOTHER, "At another time", after_or=True),
            ],
        )
        self.fields["meets_at"].label = "If at another time, when?"
        self.order_fields(["version", "for_post", "time", "meets_at", "where"])

    def _who_can(self, at: datetime) -> str:
        can = [self.file.body_name(a) for a, times in self.meeting.answers.items() if at in times]
        return f"Can come: {', '.join(can)}" if can else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_another = cleaned.get("time", ANOTHER) == ANOTHER and "time" not in self.errors
        at = cleaned.get("meets_at")
        if is_another and at is None and "meets_at" not in self.errors:
            self.add_error("meets_at", "Enter when the meeting is")
        elif is_another and at is not None and at <= self.file.now:
            self.add_error("meets_at", "The date of the meeting must be later than now")
        return cleaned

    @property
    def agreed_at(self) -> datetime:
        """When the meeting is."""
        chosen = self.cleaned_data.get("time", ANOTHER)
        at: datetime = (
            self.cleaned_data["meets_at"] if chosen == ANOTHER else datetime.fromisoformat(chosen)
        )
        return at


class CallOffForm(MeetingForm):
    """Why a meeting is no longer required."""

    reason = WordsField(
        "Why is it no longer needed?", missing="Write why it is no longer needed", rows=4
    )
