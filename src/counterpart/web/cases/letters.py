"""Checking a letter that the policy asks for before it goes: the form, and what its boxes begin with.

What stands in them at first is the words of the concern and the entries of the record, in the words
that the timeline has for them, for the sender to change. No opinion is written by the program.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404

from counterpart.casework import letters
from counterpart.casework.casefile import CaseFile
from counterpart.casework.writing import Done
from counterpart.engine import events as e
from counterpart.engine.directory import PostRecord
from counterpart.engine.rules import Refusal
from counterpart.journal.reading import Whole
from counterpart.messages.composing import Message
from counterpart.policy.model import Step
from counterpart.telling import parts
from counterpart.telling.dates import day_short
from counterpart.telling.describing import describe
from counterpart.web.cases.act_page import ActPage
from counterpart.web.cases.forms import ActForm, post_options
from counterpart.web.cases.performing import Sent
from counterpart.web.forms import SelectField, WordsField

LONGEST = 40_000
"""Characters under one heading: room for all that was said when the concern was raised."""
LONGEST_HISTORY = 30_000

OF_THE_CONCERN = ("What is in dispute", "Why it leaves the child unsafe", "Immediate risk",
                  "Outcome wanted")  # fmt: skip

HAPPENED = frozenset({
    e.ConcernRaised, e.ImmediateRiskReported, e.StepRecorded, e.MovedOn, e.PartyRedirected,
    e.ApprovalAsked, e.ApprovalAnswered, e.AnswerGiven, e.ExitTaken, e.LimitPassed,
    e.MeetingRequired, e.MeetingCalledOff,
    e.OutcomeProposed, e.OutcomeConfirmed, e.OutcomeDissented, e.PanelConvened,
    e.RepresentationHeard, e.PanelDecided, e.CaseWithdrawn, e.CaseClosed, e.CaseReopened,
})  # fmt: skip
"""The entries that tell how far a case has come. What an agency keeps to itself is never among them."""

WHAT_CAME = ("With", "What came of it", "Agreed", "For", "From", "To")
IN_FULL = (e.OutcomeProposed, e.PanelDecided)
"""Entries of which the text itself is what came of them."""


class LetterForm(ActForm):
    """What the reader of a letter finds, under each heading the policy asks for; and, where there is a
    choice, who that is.
    """

    def begins(self) -> dict[str, Any]:
        texts = {"concern": reasons, "record": history}
        return {
            name: texts[start](self.file) if start in texts else ""
            for name, start in zip(self.boxes, letters.beginnings(self.step), strict=True)
        }

    def build(self) -> None:
        file = self.file
        self.meant = letters.addressees(file.policy, file.state, file.directory, self.step)
        self.addressees = letters.readers(file.id, file.state, self.meant, file.now)
        if len(self.addressees) > 1:
            self.fields["post"] = SelectField(
                "Who does it go to?",
                missing="Choose who it goes to",
                options=post_options(file, self.addressees),
                empty="Choose a person",
            )
        for name, heading in self.boxes.items():
            self.fields[name] = WordsField(
                heading, missing=f"Write something under “{heading}”", limit=LONGEST, rows=10
            )

    @property
    def step(self) -> Step:
        """The step of the policy whose letter this is. Http404 where it has none."""
        step = self.file.policy.steps.get(self.target)
        if step is None or not letters.is_letter(step):
            raise Http404
        return step

    @property
    def boxes(self) -> dict[str, str]:
        """The heading of each box, by the name of its field."""
        return {f"says_{i}": heading for i, heading in enumerate(letters.headings(self.step))}

    @property
    def addressee(self) -> PostRecord | None:
        """The post that it goes to, as far as that is known; the first of those to choose from."""
        return self.addressees[0] if self.addressees else None

    @property
    def message(self) -> Message:
        """The e-mail that will go."""
        post = self.addressee.id if self.addressee else ""
        return letters.as_it_goes(self.file, self.target, post)

    @property
    def is_at_the_policys_address(self) -> bool:
        """Whether it also goes to the very address that the policy gives."""
        return any(letters.is_at_the_policys_address(self.step, one.id) for one in self.addressees)

    @property
    def to_copy(self) -> str:
        """The whole letter as text, for a sender who has to send it themselves."""
        marked = self.step.letter.marked if self.step.letter else ""
        texts = [f"{heading}\n\n{self[name].value()}" for name, heading in self.boxes.items()]
        reference = f"Case {self.file.reference[:4]}-{self.file.reference[4:]}"
        return "\n\n".join(part for part in (marked, reference, *texts) if part)


def send(sent: Sent) -> Done | Refusal:
    """Send it, to the one post there is or the one that was chosen."""
    form = sent.form
    sole = next((post.id for post in form.addressees or form.meant), "")
    return letters.send_letter(
        step=form.target,
        post=sent.said.get("post", sole),
        says=[sent.said[name] for name in form.boxes],
        **sent.by,
    )


LETTER = ActPage(
    e.StepRecorded,
    LetterForm,
    send,
    "Your message is on its way. It is on the record as you sent it.",
    "cases/letter.jinja",
    is_guarded=True,
)


# --- what the boxes begin with --------------------------------------------------------------------


def reasons(file: CaseFile) -> str:
    """The concern, in the words in which it was raised; a correction of it stands first."""
    said = dict(parts.concern(file))
    corrected = [c.text for c in describe(file, file.entries[0]).corrections]
    found = [f"Corrected since: {text}" for text in corrected]
    found += [f"{label}:\n{said[label]}" for label in OF_THE_CONCERN if label in said]
    return "\n\n".join(found)


def history(file: CaseFile) -> str:
    """What has happened so far, oldest first: each stage and each step with its day and what came of it.

    Of a very long record the newest part, saying so.
    """
    lines = [_entry(file, w) for w in file.entries if type(w.recorded.event) in HAPPENED]
    kept = list(lines)
    while sum(len(line) + 1 for line in kept) > LONGEST_HISTORY:
        kept.pop(0)
    if len(kept) < len(lines):
        kept.insert(0, "What came before this is in the record of the case.")
    return "\n".join(kept)


def _entry(file: CaseFile, whole: Whole) -> str:
    line = describe(file, whole)
    event = whole.recorded.event
    at = ""
    if isinstance(event, e.ConcernRaised):
        first = file.policy.stages[file.policy.tracks[event.track].first]
        at = f"Began at: {first.name}"
    came = [f"{label}: {value}" for label, value in line.facts if label in WHAT_CAME]
    text = line.body if isinstance(event, IN_FULL) else ""
    corrected = [f"Corrected since: {c.text}" for c in line.corrections]
    said = [line.title, at, text, *came, *corrected]
    sentences = (one.strip().rstrip(".") for one in said)
    return f"{day_short(line.at)}: " + " ".join(f"{one}." for one in sentences if one)
