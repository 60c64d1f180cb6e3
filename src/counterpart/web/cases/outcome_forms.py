"""The forms of the written outcome and of a decision: texts with actions and what is still open, and answers.

They check shape only. Actions are rows of three: what, who and by when. A point still open is a row of two:
what it is, and how it will be followed up. An empty row is left out, a half-filled one is asked about.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.forms.utils import ErrorDict

from counterpart.casework.outcomes import ActionWritten
from counterpart.engine.apart import is_kept_from
from counterpart.engine.directory import PostRecord
from counterpart.engine.endings_rules import is_early, meeting_of
from counterpart.policy.explaining.panels import AUTHORITY
from counterpart.telling.authority import NO_MEANS
from counterpart.web.cases.forms import ActForm, post_options
from counterpart.web.forms import (
    CarriedField,
    DateField,
    LineField,
    MomentField,
    Option,
    RadiosField,
    SelectField,
    WordsField,
)

FIRST_ROWS = 2
MOST_ROWS = 12
FIRST_ISSUES = 1


class ActionsForm(ActForm):
    """What outcomes and decisions share: rows of agreed actions, and what is still open."""

    rows = CarriedField()
    issues = CarriedField()

    def begins(self) -> dict[str, Any]:
        return {"rows": str(FIRST_ROWS), "issues": str(FIRST_ISSUES)}

    def build(self) -> None:
        asked = self.data.get("more")
        self.row_count = self._count("rows", FIRST_ROWS, 2 if asked == "yes" else 0)
        self.issue_count = self._count("issues", FIRST_ISSUES, 1 if asked == "issues" else 0)
        if self.wants_more:
            self.carries(rows=str(self.row_count), issues=str(self.issue_count))
        owners = [
            Option(f"{post.body}:{post.id}", option.label)
            for post in self._posts()
            for option in post_options(self.file, [post])
        ]
        owners = [
            *(Option(f"{a}:", self.file.body_name(a)) for a in self.file.state.parties),
            *owners,
        ]
        for i in range(1, self.row_count + 1):
            self.fields[f"action_{i}"] = LineField(
                f"Action {i}: what will be done?", required=False, limit=500
            )
            self.fields[f"owner_{i}"] = SelectField(
                f"Action {i}: who will do it?",
                missing="Choose who will do it",
                required=False,
                options=owners,
                empty="Choose who will do it",
            )
            self.fields[f"by_{i}"] = DateField(
                f"Action {i}: by when?", named=f"The date for action {i}", required=False
            )
        self._ask_for_the_lead()
        self._ask_what_is_open()

    def _ask_what_is_open(self) -> None:
        """Each point that is still open, with how it will be followed up."""
        for i in range(1, self.issue_count + 1):
            self.fields[f"open_{i}"] = LineField(
                f"Point {i}: what is still open?", required=False, limit=500
            )
            self.fields[f"followed_{i}"] = LineField(
                f"Point {i}: how will it be followed up?", required=False, limit=500
            )

    def _ask_for_the_lead(self) -> None:
        """Who sees the outcome through, where the policy asks for somebody who does."""
        lead, state = self.file.policy.closing.lead, self.file.state
        if lead is None:
            return
        bodies = {
            "raising": (state.raising.agency,),
            "receiving": state.receiving_agencies,
            "partnership": (state.partnership,),
        }.get(lead.of.side, state.parties)
        tiers = self.file.policy.roles[lead.of.role].tiers if lead.of.role else None
        posts = [
            post
            for post in self.file.directory.all_posts()
            if not is_kept_from(state, post.body, post.id)
            and post.body in bodies
            and (tiers is None or post.tier in tiers)
        ]
        self.fields["lead"] = SelectField(
            "Who will be the lead manager, and see this through?",
            missing="Choose who will see this through",
            hint=(
                f"The policy asks for one person: {lead.title}. Clause {lead.clause}. "
                "An action that is late comes back to them."
            ),
            options=post_options(self.file, posts),
            empty="Choose a person",
        )

    def _count(self, name: str, first: int, more: int) -> int:
        """How many rows the page has: as many as it had, and more when more are asked for."""
        sent = str(self.data.get(name, first))
        count = int(sent) if sent.isdecimal() and len(sent) < 3 else first
        return max(1, min(count + more, MOST_ROWS))

    @property
    def wants_more(self) -> bool:
        """Whether a button for more rows was pressed."""
        return "more" in self.data

    def action_rows(self) -> list[tuple[Any, Any, Any]]:
        """The bound fields of each row, for the template."""
        return [
            (self[f"action_{i}"], self[f"owner_{i}"], self[f"by_{i}"])
            for i in range(1, self.row_count + 1)
        ]

    def issue_rows(self) -> list[tuple[Any, Any]]:
        """The bound fields of each point still open, for the template."""
        return [(self[f"open_{i}"], self[f"followed_{i}"]) for i in range(1, self.issue_count + 1)]

    def full_clean(self) -> None:
        super().full_clean()
        if self.wants_more:
            self._errors = ErrorDict()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for i in range(1, self.issue_count + 1):
            self._ask_for_both(cleaned, i)
        for i in range(1, self.row_count + 1):
            what, who, by = (cleaned.get(f"{part}_{i}") for part in ("action", "owner", "by"))
            if not (what or who or by):
                continue
            for part, value, words in (
                ("action", what, f"Write what action {i} is"),
                ("owner", who, f"Choose who will do action {i}"),
                ("by", by, f"Enter by when action {i} will be done"),
            ):
                if not value and f"{part}_{i}" not in self.errors:
                    self.add_error(f"{part}_{i}", words)
        return cleaned

    @property
    def actions(self) -> list[ActionWritten]:
        """The actions written."""
        found = []
        for i in range(1, self.row_count + 1):
            if text := self.cleaned_data.get(f"action_{i}"):
                agency, _, post = self.cleaned_data[f"owner_{i}"].partition(":")
                due_on = self.cleaned_data[f"by_{i}"]
                found.append(ActionWritten(text, agency, post or None, due_on))
        return found

    def _ask_for_both(self, cleaned: dict[str, Any], i: int) -> None:
        """A point that is open is followed up in some way; a way to follow up is of some point."""
        what, how = cleaned.get(f"open_{i}"), cleaned.get(f"followed_{i}")
        if what and not how and f"followed_{i}" not in self.errors:
            self.add_error(f"followed_{i}", f"Write how point {i} will be followed up")
        if how and not what and f"open_{i}" not in self.errors:
            self.add_error(f"open_{i}", f"Write what is still open in point {i}")

    @property
    def points_open(self) -> list[str]:
        """The points still open."""
        return [what for what, _ in self._issues()]

    @property
    def followed_up(self) -> list[str]:
        """How each of them will be followed up, at the same place."""
        return [how for _, how in self._issues()]

    def _issues(self) -> list[tuple[str, str]]:
        rows = range(1, self.issue_count + 1)
        both = ((self.cleaned_data[f"open_{i}"], self.cleaned_data[f"followed_{i}"]) for i in rows)
        return [(what, how) for what, how in both if what]

    def _posts(self) -> list[PostRecord]:
        state, parties = self.file.state, set(self.file.state.parties)
        return [
            p
            for p in self.file.directory.all_posts()
            if p.body in parties and not is_kept_from(state, p.body, p.id)
        ]


class OutcomeForm(ActionsForm):
    """The written outcome put to both sides."""

    agreed = WordsField("What was agreed?", missing="Write what was agreed")

    def build(self) -> None:
        super().build()
        self.fields["still_disputed"] = WordsField(
            "Is there anything you still see differently?",
            hint="It stands in the record as it is. Leave this empty if there is nothing.",
            required=False,
            rows=3,
        )


class DecisionForm(ActionsForm):
    """The panel's decision."""

    decision = WordsField("What did the panel decide?", missing="Write what the panel decided")
    reasons = WordsField("Why?", missing="Write the panel’s reasons", rows=4)
    next_course = WordsField(
        "What is the next course of action?", missing="Write the next course of action", rows=3
    )

    def build(self) -> None:
        super().build()
        if not self.has_meeting:
            self.fields["met_at"] = MomentField(
                "When did the panel meet?",
                required=False,
                named="The date it met",
                hint="Leave this empty if it decides without a meeting.",
                past_only=True,
            )
        self.fields["why_early"] = WordsField(
            "If it decides without a meeting, or before the day it was convened for, why?",
            required=False,
            rows=3,
            hint="A child may not be able to wait. Otherwise leave this empty.",
        )

    @property
    def means(self) -> str:
        """What the policy has a decision of this panel mean."""
        return AUTHORITY[self.file.policy.panels[self.target].authority]

    @property
    def no_means(self) -> str:
        """What it means where an agency does not agree."""
        return NO_MEANS[self.file.policy.panels[self.target].authority]

    @property
    def has_meeting(self) -> bool:
        """Whether a meeting of this panel is on the record."""
        return meeting_of(self.file.state) is not None

    @property
    def convened_for(self) -> datetime | None:
        """When the panel was convened for."""
        return self.file.state.panel.meets_at if self.file.state.panel else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        met_at = cleaned.get("met_at")
        if not cleaned.get("why_early") and is_early(self.file.state, met_at, self.file.now):
            words = "Write why it decides without a meeting, or before the day it was convened for"
            self.add_error("why_early", words)
        return cleaned


class AnswerForm(ActForm):
    """One agency's answer to the written outcome."""

    number = CarriedField(required=True)
    answer = RadiosField(
        "Do you confirm this outcome for your agency?",
        missing="Say whether you confirm it",
        options=(
            Option("confirm", "Yes, we confirm it in writing"),
            Option("dissent", "No, we do not agree with it"),
        ),
    )
    reason = WordsField(
        "Why do you not agree?",
        required=False,
        rows=3,
        hint="Everybody in the case can read it.",
    )
    comment = WordsField("Anything to add?", required=False, rows=3)

    def begins(self) -> dict[str, Any]:
        outcome = self.file.state.outcome
        return {"number": str(outcome.number) if outcome else ""}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("answer") == "dissent" and not cleaned.get("reason"):
            self.add_error("reason", "Write why you do not agree. Your reasons are kept.")
        _check_number(self, cleaned)
        return cleaned

    @property
    def words(self) -> str:
        """All that was written with the answer."""
        written = (self.cleaned_data["reason"], self.cleaned_data["comment"])
        return "\n\n".join(text for text in written if text)


class DifferForm(ActForm):
    """That somebody who does not answer for their agency sees the written outcome differently."""

    number = CarriedField(required=True)
    reason = WordsField(
        "How do you see it, and why?",
        missing="Write how you see it, and why",
        hint="It is kept as yours, and everybody in the case can read it. It does not answer for your agency.",
    )

    def begins(self) -> dict[str, Any]:
        outcome = self.file.state.outcome
        return {"number": str(outcome.number) if outcome else ""}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        _check_number(self, cleaned)
        return cleaned


def _check_number(form: ActForm, cleaned: dict[str, Any]) -> None:
    """Which text is meant is carried along unseen."""
    number = cleaned.get("number", "")
    if number and not (number.isdecimal() and len(number) < 6):
        form.add_error(None, "Something is missing from this page. Open it again.")
