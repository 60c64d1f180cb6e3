"""The form for taking a case to another stage: who acts there, what must be so, and why it goes on.

It checks shape; the engine says whether the case may go.
"""

from __future__ import annotations

from counterpart.policy.conditions import affirmed
from counterpart.policy.model import Affirmed, Unresolved
from counterpart.web.cases.forms import ActForm, post_options
from counterpart.web.forms import CheckboxesField, Option, SelectField, WordsField


class MoveForm(ActForm):
    """Take it to another stage: who acts there for each side, what the policy asks to be so, and why."""

    reason = WordsField(
        "Why is it not settled?",
        missing="Write why it is not settled",
        hint="A few lines that the next people can start from.",
    )

    def build(self) -> None:
        way = self.file.policy.ways_on[self.target]
        if way.is_jump:
            self.ask_why("Why does it go straight there?", "Write why it goes straight there")
        elif not way.unresolved:
            # Nothing has been settled or not yet: the talk with one's own manager, for example.
            self.ask_why("Why does it go on?", "Write why it goes on")
        self.add_conditions()
        for name, (body, role) in self.places().items():
            title = self.file.policy.roles[role].title.lower()
            posts = self.file.directory.posts(
                body,  # type: ignore[arg-type]  # an agency's id
                self.file.policy.roles[role].tiers,
            )
            self.fields[name] = SelectField(
                f"{self.file.body_name(body)}: {title}",
                missing="Choose somebody",
                required=False,
                hint=""
                if posts
                else "The directory has nobody. The business manager will be told.",
                options=post_options(self.file, posts),
                empty="I do not know who",
            )
            held = [post for post in posts if post.holders]
            self.initial.setdefault(name, held[0].id if held else "")
        self.order_fields(["version", "for_post", "grounds", *self.places(), "reason"])

    def ask_why(self, label: str, missing: str) -> None:
        self.fields["reason"].label = label
        self.fields["reason"].error_messages["required"] = missing

    def add_conditions(self) -> None:
        """What the policy asks to be so and only a person can know, in its words."""
        policy, way = self.file.policy, self.file.policy.ways_on[self.target]
        asked = [
            [c.condition for c in group if isinstance(c, Affirmed)]
            for group in way.when
            if any(isinstance(c, Affirmed) for c in group)
        ]
        if not asked:
            return
        names = list(dict.fromkeys(name for group in asked for name in group))
        self.fields["grounds"] = CheckboxesField(
            "Which of these is so?",
            missing="Choose what is so. Without it the policy does not let the case go on",
            hint="The policy asks for this before the case goes on. Choose only what is so.",
            options=[
                Option(name, policy.conditions[name].title, self._clause(name)) for name in names
            ],
            required=any(self._is_needed(group) for group in way.when),
        )

    def places(self) -> dict[str, tuple[str, str]]:
        """The seats to fill at the next stage that are not filled yet: field name to (body, role)."""
        file = self.file
        there = file.policy.stages[file.policy.ways_on[self.target].to_stage]
        # Whoever did not feel safe in their own agency speaks for it at every stage.
        own = [] if file.state.keeping.apart else [there.speaks["raising"]]
        wanted = [(file.state.raising.agency, role) for role in own]
        wanted += [(a, there.speaks["receiving"]) for a in file.state.receiving_agencies]
        empty = [seat for seat in wanted if file.state.seats.get(seat) is None]
        return {f"seat_{i}": (body, role) for i, (body, role) in enumerate(empty)}

    @property
    def keeps_own_agency_out(self) -> bool:
        """Whether to say what it asks keeps the case from everybody else of the raising agency."""
        policy = self.file.policy
        named = (policy.conditions[name] for name in affirmed(policy.ways_on[self.target]))
        return any(condition.keeps_own_agency_out for condition in named)

    @property
    def left_out(self) -> list[str]:
        """The names of the stages that going straight there leaves out."""
        file = self.file
        way = file.policy.ways_on[self.target]
        between = file.policy.left_out(file.state.track, file.state.stage, way.to_stage)
        return [file.policy.stages[stage].name for stage in between] if way.is_jump else []

    def _is_needed(self, group: tuple[object, ...]) -> bool:
        """Whether nothing but what a person says can make this group of conditions so."""
        others = [c for c in group if not isinstance(c, Affirmed)]
        return not others or (others == [Unresolved()] and self.file.state.is_settled)

    def _clause(self, name: str) -> str:
        condition = self.file.policy.conditions[name]
        quote = self.file.policy.clauses[condition.clause].quote
        return f"Clause {condition.clause}: “{quote}”"
