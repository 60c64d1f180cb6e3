"""The forms of a panel: who sits on it, what it heard, and that it met. Its decision is a text with actions, and
so with the written outcome (`outcome_forms`).

They check shape. Who may sit, and why somebody may not, is asked of the rule that convening asks too.
"""

from __future__ import annotations

from django.forms.utils import ErrorDict

from counterpart.casework.panels import weigh
from counterpart.engine.directory import PostRecord
from counterpart.engine.events import Member
from counterpart.engine.kinds import Code
from counterpart.engine.panels import Weighed
from counterpart.people.directory import Snapshot
from counterpart.telling.words import HEARD
from counterpart.web.cases.forms import ActForm
from counterpart.web.forms import (
    CheckboxesField,
    LineField,
    MomentField,
    Option,
    RadiosField,
    SelectField,
    WordsField,
)

CHECK = "check"
"""The name of the button that says what a panel lacks, and convenes nothing."""


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
        """The posts that may sit: those of the role the policy draws members from.

        Whoever may not sit all the same stands there too, with the reason.
        """
        self.sitting, self.names = sitting, names
        panel = self.file.policy.panels[self.target]
        role = panel.composition.drawn_from
        tiers = self.file.policy.roles[role].tiers if role else None
        posts = [p for p in sitting.all_posts() if p.holders and (tiers is None or p.tier in tiers)]
        posts.sort(key=lambda post: (names.get(post.body, ""), post.title))
        # One of each agency is a plain list; where there are several of most, they stand under its name.
        by_agency = len(posts) >= 2 * len({post.body for post in posts})
        reasons = self._weigh([_member(post, "member") for post in posts]).members
        self.fields["members"].options = [  # type: ignore[attr-defined]  # a choosing field
            self._option(post, _cannot(" ".join(one.words for one in each)), by_agency=by_agency)
            for post, each in zip(posts, reasons, strict=True)
        ]
        self.fields["chair"].options = [  # type: ignore[attr-defined]  # a choosing field
            self._option(post, by_agency=by_agency) for post in posts
        ]
        if self.is_kept_from_own_agency:
            self.fields["why_own_agency"] = WordsField(
                "If somebody of the agency of the person who raised it is on the panel, why must it be them?",
                required=False,
                rows=3,
                hint="Leave this empty if nobody of it is.",
            )
        if panel.composition.declares_conflicts:
            self.fields["declared"] = CheckboxesField(
                "Have you asked each of them about conflicts of interest?",
                missing="Say whether you have asked each of them",
                required=False,
                options=[Option("none", "Each has said that they have no conflict of interest")],
            )

    @property
    def is_kept_from_own_agency(self) -> bool:
        """Whether whoever raised it did not feel safe raising it in their own agency."""
        return self.file.state.keeping.apart is not None

    @property
    def wants_more(self) -> bool:
        """Whether the button was pressed that only says what the panel lacks."""
        return CHECK in self.data

    def full_clean(self) -> None:
        super().full_clean()
        if self.wants_more:
            self._errors = ErrorDict()

    @property
    def chosen(self) -> list[Member]:
        """The members, the chair among them."""
        chair = self.cleaned_data.get("chair", "")
        wanted = dict.fromkeys([chair, *self.cleaned_data.get("members", [])])
        records = [record for post in wanted if (record := self.sitting.post(post)) is not None]
        return [_member(one, "chair" if one.id == chair else "member") for one in records]

    @property
    def are_clear(self) -> bool:
        """Whether each member has said that they have no conflict of interest."""
        return bool(self.cleaned_data.get("declared"))

    def findings(self) -> list[tuple[str, str]]:
        """What stands against this panel: of whom, and why; "" for the panel as a whole."""
        self.full_clean()
        chosen = self.chosen
        why = self.cleaned_data.get("why_parties_absent", "")
        why_own = self.cleaned_data.get("why_own_agency", "")
        weighed = self._weigh(chosen, why, why_own, are_clear=self.are_clear)
        found = [
            (self._words(record), reason.words)
            for member, reasons in zip(chosen, weighed.members, strict=True)
            for reason in reasons
            if (record := self.sitting.post(member.post))
        ]
        return [*found, *(("", reason.words) for reason in weighed.whole)]

    @property
    def agencies(self) -> list[str]:
        """The agencies that those chosen come from, each once."""
        return list(dict.fromkeys(self.names.get(m.agency or "", "") for m in self.chosen))

    def _weigh(
        self, members: list[Member], why: str = "", why_own: str = "", *, are_clear: bool = True
    ) -> Weighed:
        file = self.file
        return weigh(
            *(file.id, file.policy, file.state, self.target, members, file.now),
            why_parties_absent=why,
            why_own_agency=why_own,
            are_clear=are_clear,
        )

    def _option(self, post: PostRecord, cannot: str = "", *, by_agency: bool) -> Option:
        if by_agency:
            return Option(post.id, _in_agency(post), cannot, group=self.names.get(post.body, ""))
        return Option(post.id, self._words(post), cannot)

    def _words(self, post: PostRecord) -> str:
        return f"{_in_agency(post)}, {self.names.get(post.body, '')}"


def _in_agency(post: PostRecord) -> str:
    """Who holds a post, where it stands under the name of its agency."""
    names = " or ".join(holder.name for holder in post.holders)
    return f"{names}, {post.title}"


def _member(post: PostRecord, part: str) -> Member:
    return Member(post=post.id, agency=post.body, person=post.holders[0].person, part=Code(part))


def _cannot(why: str) -> str:
    return f"Cannot sit. {why}" if why else ""


class HeardForm(ActForm):
    """What an agency told the panel: one that was not heard yet, or once all of them were, any of them again."""

    agency = RadiosField("Which agency?", missing="Choose the agency")
    how = RadiosField(
        "How was it heard?",
        missing="Choose how it was heard",
        options=tuple(Option(code, words) for code, words in HEARD.items()),
    )
    said = WordsField("What did it tell the panel?", missing="Write what the panel was told")

    def build(self) -> None:
        parties = self.file.state.parties
        heard = self.file.state.panel.heard if self.file.state.panel else frozenset()
        left = [agency for agency in parties if agency not in heard]
        self.fields["agency"].options = [  # type: ignore[attr-defined]  # a choosing field
            Option(agency, self.file.body_name(agency)) for agency in left or parties
        ]


class MetForm(ActForm):
    """The panel met: when, who of it came, what it looked at, and what was said."""

    happened_at = MomentField(
        "When did it meet?",
        missing="Enter when it met",
        named="The date it met",
        past_only=True,
    )
    came = CheckboxesField("Who of the panel came?", missing="Choose who came")
    evidence = WordsField(
        "What did it look at?",
        missing="Write what the panel looked at",
        hint="The papers, and anything else that was put before it.",
        rows=4,
    )
    record = WordsField("What was said?", missing="Write what was said")

    def build(self) -> None:
        panel = self.file.state.panel
        self.fields["came"].options = [  # type: ignore[attr-defined]  # a choosing field
            Option(m.post, self.file.post_words(m.post)) for m in (panel.members if panel else ())
        ]
