"""The questions of the journey as forms: what is asked, in which words, and what is kept of it.

A form checks the shape of one answer. Whether the policy allows the whole is for the engine, when
it is sent. Each form says under which names its answers are kept (`answers`), and takes what
stands there already from the draft (`standing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.datastructures import MultiValueDict

from counterpart.casework import editions
from counterpart.policy.phrases import listed, small
from counterpart.web.forms import (
    CheckboxesField,
    CounterpartForm,
    LineField,
    Option,
    RadiosField,
    WordsField,
    YesNoField,
)
from counterpart.web.raising.choosing import (
    UNKNOWN,
    agency_options,
    supporter_options,
    worker_options,
)
from counterpart.web.raising.drafting import CHILD, NOBODY, WORKER, Drafting

KINDS = (
    Option("child", "A child"),
    Option("unborn", "An unborn child"),
    Option("adult", "An adult"),
)
ABOUT = {"unborn child": "unborn"}
"""What a policy calls those it is about, where the code is another."""
ASKED_RATIONALE = (
    Option("yes", "Yes", "Even if you do not agree with their reasons"),
    Option("not_yet", "Not yet", "You can still go on"),
    Option("no", "No", "For example, you could not reach them"),
)
USED_OWN_POLICY = (
    Option("yes", "Yes"),
    Option("no", "No", "You can still go on"),
    Option("none", "We do not have one"),
)


class QuestionForm(CounterpartForm):
    """A question about a draft. `about` is the one child or agency it is asked of, or "".

    `typed` is what somebody has written on the page without sending it on: it stands there again.
    """

    def __init__(
        self,
        data: MultiValueDict[str, Any] | None = None,
        *,
        drafting: Drafting,
        about: str = "",
        typed: MultiValueDict[str, Any] | None = None,
    ) -> None:
        self.drafting, self.about = drafting, about
        super().__init__(data, now=drafting.now, initial=self.standing())
        for name, field in self.fields.items() if typed else ():
            self.initial[name] = field.widget.value_from_datadict(typed, {}, name)
        self.shape()

    def standing(self) -> dict[str, Any]:
        """What the draft already holds for this page."""
        return {name: self.drafting.answers.get(name) for name in self.base_fields}

    def shape(self) -> None:
        """Set what is offered, and words that depend on the draft."""

    def answers(self) -> dict[str, Any]:
        """What is kept in the draft of a page that was answered."""
        return dict(self.cleaned_data)

    def offer(self, name: str, options: Iterable[Option]) -> None:
        """Set the answers offered for one field."""
        field = self.fields[name]
        assert isinstance(field, RadiosField | CheckboxesField)  # noqa: S101 - the only two that offer
        field.options = tuple(options)

    def ask(self, name: str, label: str) -> None:
        """Set the words of a question."""
        self.fields[name].label = label

    def stands(self, name: str) -> Any:
        """What stands in a field now, sent or not."""
        return self[name].value() or ""


class PostForm(QuestionForm):
    """Only for somebody who holds more than one post, or whose agency is in two partnerships."""

    post = RadiosField(
        "In which post are you raising this?",
        missing="Choose the post you are raising this in",
        hint="You hold more than one. What happens next depends on which agency you speak for.",
    )

    def shape(self) -> None:
        places = self.drafting.standpoints
        are_several = len({place.partnership.id for place in places}) > 1
        self.offer(
            "post",
            (
                Option(place.code, place.words, place.partnership.name if are_several else "")
                for place in places
            ),
        )


class ChildForm(QuestionForm):
    """One of those the concern is about. `about` is their id in the draft, "" for a new one."""

    kind = RadiosField(
        "Is this a child, an unborn child or an adult?",
        missing="Say whether this is a child, an unborn child or an adult",
        options=KINDS,
    )
    reference = LineField(
        "A reference that both agencies will recognise",
        missing="Enter a reference that both agencies will recognise",
        hint="For example an NHS number, a unique pupil number, or initials with a case number. "
        "Do not give more than is needed. Leave out the full name and the address.",
        limit=100,
        spellcheck="false",
        autocomplete="off",
    )

    def standing(self) -> dict[str, Any]:
        return dict(self.drafting.children.get(self.about, {}))

    def shape(self) -> None:
        """Those whom the policy is about. Where it is about one kind, that is chosen already."""
        about = {ABOUT.get(kind, kind) for kind in self.drafting.policy.about}
        offered = tuple(kind for kind in KINDS if kind.value in about)
        self.offer("kind", offered)
        words = listed(tuple(small(kind.label) for kind in offered), "or")
        self.ask("kind", f"Is this {words}?")
        self.fields["kind"].error_messages["required"] = f"Say whether this is {words}"
        if len(offered) == 1:
            self.initial.setdefault("kind", offered[0].value)

    def answers(self) -> dict[str, Any]:
        # A new one is named by the key of its form: sent twice, it is still one.
        return {f"{CHILD}{self.about or self.key}": dict(self.cleaned_data)}


class ChildrenForm(QuestionForm):
    """Whether there is anybody else."""

    is_anyone_else = YesNoField(
        "Is the concern about anyone else as well?",
        missing="Say whether the concern is about anyone else",
        hint="For example, a brother or sister.",
    )

    @property
    def people(self) -> list[tuple[str, str, str]]:
        """Those given so far: id in the draft, what they are, reference."""
        kinds = {option.value: option.label for option in KINDS}
        children = self.drafting.children.items()
        return [(id, kinds[child["kind"]], child["reference"]) for id, child in children]

    def standing(self) -> dict[str, Any]:
        return {"is_anyone_else": False} if self.drafting.answers.get("is_everyone") else {}

    def answers(self) -> dict[str, Any]:
        return {"is_everyone": None if self.cleaned_data["is_anyone_else"] else True}


class SameChildForm(QuestionForm):
    """No question: the cases shown have been seen, and the person goes on."""

    @property
    def cases(self) -> list[tuple[str, datetime, str]]:
        """Reference, when it was raised, and the stage it is at."""
        return [
            (row.reference, row.raised_at, editions.policy_of(row.edition).stages[row.stage].name)
            for row in self.drafting.same_child
        ]

    def answers(self) -> dict[str, Any]:
        return {"cases_seen": [row.reference for row in self.drafting.same_child]}


class GroundsForm(QuestionForm):
    """The grounds of the policy, and anything else where it leaves that open."""

    grounds = CheckboxesField(
        "What is the disagreement about?",
        missing="Choose at least one thing that the disagreement is about",
        hint="Choose all that apply.",
    )

    def shape(self) -> None:
        policy = self.drafting.policy
        offered = [Option(each.id, each.title, each.hint) for each in policy.grounds]
        if policy.are_grounds_open:
            offered.append(Option("other", "Something else", "You can say what on the next page"))
        self.offer("grounds", offered)


class DisputeForm(QuestionForm):
    """What is in dispute."""

    dispute = WordsField(
        "What do you disagree with?",
        missing="Write what you disagree with",
        hint="Say what was decided, or what is not being done, and when. "
        "Keep to the facts, and to the decision rather than the person who made it.",
        rows=8,
    )


class WhyUnsafeForm(QuestionForm):
    """Why it leaves the child unsafe."""

    why_unsafe = WordsField(
        "Why does this leave the child unsafe?",
        missing="Write why you think this is unsafe",
        hint="What have you seen or heard? What could happen, and how soon?",
        rows=8,
    )

    def shape(self) -> None:
        self.ask("why_unsafe", f"Why does this leave {self.drafting.whom} unsafe?")


class UrgentForm(QuestionForm):
    """Whether there is an immediate risk, and if so why."""

    is_urgent = YesNoField(
        "Is there a risk of immediate harm now?",
        missing="Say whether there is a risk of immediate harm now",
        yes="Yes, there is an immediate risk",
        no="No, not at this moment",
    )
    immediate_risk = WordsField(
        "Why do you think there is an immediate risk?",
        hint="Only if you answered yes. A sentence or two is enough.",
        required=False,
        limit=4_000,
        rows=4,
    )

    def shape(self) -> None:
        whom = self.drafting.whom
        self.ask("is_urgent", f"Is there a risk of immediate harm to {whom} now?")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("is_urgent") and not cleaned.get("immediate_risk", "-"):
            self.add_error("immediate_risk", "Write why you think there is an immediate risk")
        return cleaned

    def answers(self) -> dict[str, Any]:
        why = self.cleaned_data["immediate_risk"] if self.cleaned_data["is_urgent"] else ""
        return {"is_urgent": self.cleaned_data["is_urgent"], "immediate_risk": why}


class OutcomeForm(QuestionForm):
    """What the person wants to come of it."""

    desired_outcome = WordsField(
        "What do you want to happen?",
        missing="Write what you want to happen",
        hint="Say what would make it safe, and by when. "
        "Be as exact as you can: it is what the other agency will be asked to answer.",
    )


class RationaleForm(QuestionForm):
    """Whether the other side was asked why."""

    asked_rationale = RadiosField(
        "Have you asked the other agency for their reasons?",
        missing="Say whether you have asked for their reasons",
        hint="They may know something that you do not.",
        options=ASKED_RATIONALE,
    )


class OwnPolicyForm(QuestionForm):
    """Whether one's own agency's policy was used first."""

    used_own_policy = RadiosField(
        "Have you used your own agency’s policy for disagreements?",
        missing="Say whether you have used your own agency’s policy",
        hint="Many agencies have steps of their own, such as talking to a safeguarding lead first.",
        options=USED_OWN_POLICY,
    )


class TriedForm(QuestionForm):
    """What has been tried, if anything."""

    already_tried = WordsField(
        "What have you tried so far? (optional)",
        hint="Calls, emails and meetings: when, with whom, and what was said.",
        required=False,
    )


class AgenciesForm(QuestionForm):
    """The other side: one agency or more."""

    agencies = CheckboxesField(
        "Which agency do you disagree with?",
        missing="Choose the agency you disagree with",
        hint="Choose more than one if the decision was taken together.",
    )
    search = LineField("Search for an agency by its name or kind", required=False, limit=100)

    def shape(self) -> None:
        self.offered = agency_options(
            self.drafting, self.stands("search"), _listed(self.stands("agencies"))
        )
        self.offer("agencies", self.offered.options)

    def answers(self) -> dict[str, Any]:
        return {"agencies": self.cleaned_data["agencies"]}


class WorkerForm(QuestionForm):
    """The worker at one agency, by their post; or nobody knows who. `about` is the agency."""

    post = RadiosField(
        "Who have you been dealing with?",
        missing="Choose the person you have been dealing with, or “I do not know who”",
        hint="They can read what you write from when the case comes to them.",
    )
    stated_name = LineField(
        "Their name or job, if you know it (optional)", required=False, limit=200
    )
    search = LineField("Search by name or job", required=False, limit=100)

    def standing(self) -> dict[str, Any]:
        kept = self.drafting.worker(self.about)
        return {**kept, "post": kept["post"] or UNKNOWN} if kept else {}

    def shape(self) -> None:
        agency = next(a for a in self.drafting.chosen_agencies if a.id == self.about)
        self.ask("post", f"Who have you been dealing with at {agency.name}?")
        self.offered = worker_options(
            self.drafting, agency.id, self.stands("search"), self.stands("post")
        )
        self.offer("post", self.offered.options)

    def answers(self) -> dict[str, Any]:
        post, name = self.cleaned_data["post"], self.cleaned_data["stated_name"]
        is_known = post != UNKNOWN
        answer = {"post": post if is_known else None, "stated_name": "" if is_known else name}
        return {f"{WORKER}{self.about}": answer}


class SupporterForm(QuestionForm):
    """Somebody to stand by the person who raises the concern, if they want it."""

    supporter = RadiosField(
        "Would you like someone to support you?",
        missing="Choose who you would like to support you, or “No, thank you”",
    )
    search = LineField(
        "Search for someone in another agency",
        hint="By name, job or agency",
        required=False,
        limit=100,
    )

    def shape(self) -> None:
        support = self.drafting.policy.support
        self.why = support.text if support else ""
        self.offered = supporter_options(
            self.drafting, self.stands("search"), self.stands("supporter")
        )
        self.offer("supporter", self.offered.options)

    def answers(self) -> dict[str, Any]:
        return {"supporter": self.cleaned_data["supporter"] or NOBODY}


class SendForm(CounterpartForm):
    """Nothing to fill in: only to send, or to begin, or to delete."""


def _listed(value: Any) -> Sequence[str]:
    return [str(each) for each in value] if isinstance(value, list | tuple) else ()
