"""The forms of the written outcome and of the panel: texts with actions, answers, members.

They check shape only. Actions are rows of three: what, who and by when; an empty row is left
out, a half-filled one is asked about.
"""

from __future__ import annotations

from typing import Any

from counterpart.casework.outcomes import ActionWritten
from counterpart.engine.directory import PostRecord
from counterpart.engine.events import Member
from counterpart.engine.kinds import Code
from counterpart.people.directory import Snapshot
from counterpart.telling.words import HEARD
from counterpart.web.cases.forms import ActForm, post_options
from counterpart.web.forms import (
    CarriedField,
    CheckboxesField,
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


class ActionsForm(ActForm):
    """What outcomes and decisions share: rows of agreed actions, and what is still open."""

    rows = CarriedField()

    def begins(self) -> dict[str, Any]:
        return {"rows": str(FIRST_ROWS)}

    def build(self) -> None:
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
        self.fields["outstanding"] = WordsField(
            "What is still open, and how will each point be followed up?",
            hint="One point a line. Leave this empty if nothing is.",
            required=False,
            rows=4,
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
            if post.body in bodies and (tiers is None or post.tier in tiers)
        ]
        self.fields["lead"] = SelectField(
            "Who will see this through?",
            missing="Choose who will see this through",
            hint=f"The policy asks for one person: {lead.title}. Clause {lead.clause}.",
            options=post_options(self.file, posts),
            empty="Choose a person",
        )

    @property
    def row_count(self) -> int:
        """How many rows of actions the page has; one more set when asked for more."""
        sent = str(self.data.get("rows", FIRST_ROWS))
        count = int(sent) if sent.isdecimal() and len(sent) < 3 else FIRST_ROWS
        return max(1, min(count + (2 if self.wants_more else 0), MOST_ROWS))

    @property
    def wants_more(self) -> bool:
        """Whether the button for more rows was pressed."""
        return "more" in self.data

    def action_rows(self) -> list[tuple[Any, Any, Any]]:
        """The bound fields of each row, for the template."""
        return [
            (self[f"action_{i}"], self[f"owner_{i}"], self[f"by_{i}"])
            for i in range(1, self.row_count + 1)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
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

    @property
    def points_open(self) -> list[str]:
        """The points still open, one a line."""
        lines = self.cleaned_data["outstanding"].splitlines()
        return [line.strip() for line in lines if line.strip()]

    def _posts(self) -> list[PostRecord]:
        parties = set(self.file.state.parties)
        return [p for p in self.file.directory.all_posts() if p.body in parties]


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
    comment = WordsField(
        "Anything to add?", required=False, rows=3, hint="If you do not agree, write why here."
    )

    def begins(self) -> dict[str, Any]:
        outcome = self.file.state.outcome
        return {"number": str(outcome.number) if outcome else ""}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("answer") == "dissent" and not cleaned.get("comment"):
            self.add_error("comment", "Write why you do not agree. Your reasons are kept.")
        number = cleaned.get("number", "")
        if number and not (number.isdecimal() and len(number) < 6):
            self.add_error(None, "Something is missing from this page. Open it again.")
        return cleaned


class PanelForm(ActForm):
    """Who sits, who chairs, when and where. `sitting` is the directory of the whole partnership."""

    members = CheckboxesField("Who will sit on the panel?", missing="Choose the panel’s members")
    chair = SelectField("Who will chair it?", missing="Choose a chair", empty="Choose a chair")
    meets_at = MomentField(
        "When will it meet?", missing="Enter when it will meet", named="The date it will meet"
    )
    where = LineField("Where?", missing="Write where it will meet", limit=500)
    why_parties_absent = WordsField(
        "If an agency in the disagreement is not on the panel, why not?", required=False, rows=3
    )

    sitting: Snapshot
    names: dict[str, str]

    def offer(self, sitting: Snapshot, names: dict[str, str]) -> None:
        """The posts that may sit: those of the role the policy draws members from."""
        self.sitting, self.names = sitting, names
        panel = self.file.policy.panels[self.target]
        role = panel.composition.drawn_from
        tiers = self.file.policy.roles[role].tiers if role else None
        posts = [p for p in sitting.all_posts() if p.holders and (tiers is None or p.tier in tiers)]
        options = [Option(post.id, self._words(post)) for post in posts]
        self.fields["members"].options = options  # type: ignore[attr-defined]  # a choosing field
        self.fields["chair"].options = options  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[Member]:
        """The members, the chair among them."""
        chair = self.cleaned_data["chair"]
        wanted = dict.fromkeys([chair, *self.cleaned_data["members"]])
        found = []
        for post in wanted:
            record = self.sitting.post(post)
            if record is not None:
                part = Code("chair" if post == chair else "member")
                person = record.holders[0].person
                found.append(Member(post=record.id, agency=record.body, person=person, part=part))
        return found

    def _words(self, post: PostRecord) -> str:
        names = " or ".join(holder.name for holder in post.holders)
        return f"{names}, {post.title}, {self.names.get(post.body, '')}"


class HeardForm(ActForm):
    """What an agency told the panel."""

    agency = RadiosField("Which agency?", missing="Choose the agency")
    how = RadiosField(
        "How was it heard?",
        missing="Choose how it was heard",
        options=tuple(Option(code, words) for code, words in HEARD.items()),
    )
    said = WordsField("What did it tell the panel?", missing="Write what the panel was told")

    def build(self) -> None:
        heard = self.file.state.panel.heard if self.file.state.panel else frozenset()
        self.fields["agency"].options = [  # type: ignore[attr-defined]  # a choosing field
            Option(a, self.file.body_name(a)) for a in self.file.state.parties if a not in heard
        ]
