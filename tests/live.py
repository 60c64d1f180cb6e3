"""A case in a test town, played through the use cases by the people whom its policy names, under any policy.

It speaks like `casebook.Case`, so that `playing` can say what sensible people do next; what they do is then done in
the installation. It must hold no assertion but that an act which must succeed did.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from counterpart.casework import editions, panels
from counterpart.casework.actors import Acting, the_clock
from counterpart.casework.casefile import CaseFile, open_case
from counterpart.casework.outcomes import outcome_text
from counterpart.casework.writing import Done, act, load, settle
from counterpart.engine import events as e
from counterpart.engine.deciding import Option, next_number, options, tracks_for
from counterpart.engine.duties import place
from counterpart.engine.kinds import Code, Id
from counterpart.engine.rules import Refusal
from counterpart.people.directory import directory_as_of
from counterpart.people.models import Holding, Person, Post
from counterpart.policy.calendars import calendar_of
from counterpart.policy.loading import bundle
from counterpart.policy.model import Policy, Seat
from tests import directory as d
from tests.casebook import a_concern
from tests.town import MONDAY, RAISER, Story, Town, town

Answer = Done | Refusal

POLICIES = Path(__file__).parents[1] / "policies"
MORE = ("named_professional", "designated_professional", "senior_manager")
PUBLISHED = sorted(path.parent.name for path in POLICIES.glob("*/policy.yaml"))


def policy_file(name: str) -> bytes:
    """The stand-alone file of a policy under `policies/`, as an installation keeps it."""
    folder = POLICIES / name
    content = (folder / "policy.yaml").read_bytes()
    return bundle(content, name="policy.yaml", read=lambda path: (folder / path).read_bytes())


def a_whole_town() -> Town:
    """The test town with a held post at every tier that a policy may name."""
    place = town()
    posts, people, names = dict(place.posts), dict(place.people), dict(place.names)
    wanted: list[tuple[str, str | None, str | None, str]] = [
        (key, body, None, tier) for key, body in place.agencies.items() for tier in MORE
    ]
    wanted += [("office", None, place.partnership, "coordinator")]
    for key, agency, partnership, tier in wanted:
        who = f"{key}.{tier}"
        posts[who], people[who] = d.new_id(), d.new_id()
        names[who] = f"Max {key.title()} {tier.replace('_', ' ').title()}"
        title = tier.replace("_", " ").capitalize()
        Post.objects.create(
            id=posts[who], agency_id=agency, partnership_id=partnership, tier=tier, title=title
        )
        Person.objects.create(id=people[who], name=names[who])
        Holding.objects.create(
            id=d.new_id(), post_id=posts[who], person_id=people[who], from_on=d.LONG_AGO
        )
    return replace(place, posts=posts, people=people, names=names)


def puts_in_force(place: Town, content: bytes) -> Policy:
    """This policy is the one for new cases of the town."""
    return editions.publish(
        content=content,
        partnership=place.partnership,
        actor=the_clock(),
        now=MONDAY - timedelta(days=300),
    )


def counted_by(place: Town, policy: Policy, edition: str, *, at: datetime, **words: Any) -> Live:
    """A case about a plan, raised when no later edition of the bank holidays than this was known."""
    school, care = Id(place.agencies["school"]), Id(place.agencies["care"])
    raised = replace(
        a_concern(policy, grounds=("plan",), post=None),
        partnership=Id(place.partnership),
        raising=e.Party(agency=school, post=Id(place.posts[RAISER])),
        receiving=(e.Party(agency=care),),
        calendar=Code(edition),
        **words,
    )
    story = Live(place, now=at, case=d.new_id(), reference=raised.reference)
    with transaction.atomic():
        settle(story.case, policy, (), [raised], actor=place.acting(RAISER, "raiser"), now=at,
               key=d.new_id(), happened_at=at, was=None, before=(),
               directory=directory_as_of(at, [school, care], place.partnership))  # fmt: skip
    return story


class Live(Story):
    """One case, an act at a time, each proposed as it stands and done by somebody who may."""

    def begins(self, **changed: Any) -> Live:
        """The teacher raises the concern: on grounds the policy has, on the first track that fits them."""
        policy = editions.current(self.town.partnership)
        assert policy is not None
        known = [ground.id for ground in policy.grounds] or ["other"]
        grounds = tuple(changed.pop("grounds", known[:1]))
        track = changed.pop("track", tracks_for(policy, grounds, ())[0].id)
        self.raised(grounds=grounds, track=track, **changed)
        return self

    @property
    def policy(self) -> Policy:
        return load(self.case).policy

    @property
    def file(self) -> CaseFile:
        return open_case(self.case, self.now)

    def every_option(self) -> tuple[Option, ...]:
        policy = self.policy
        return options(policy, self.state, now=self.now, calendar=calendar_of(policy))

    def option(self, event: type, target: str = "") -> Option:
        return next(o for o in self.every_option() if o.event is event and target in ("", o.target))

    def move(self, way: str, **fields: Any) -> e.MovedOn:
        to = Code(self.policy.ways_on[way].to_stage)
        return e.MovedOn(way=Code(way), from_stage=self.state.stage, to_stage=to, **fields)

    def outcome(self, *, basis: str = "agreement", lead: Id | None = None) -> e.OutcomeProposed:
        found = Id(self.town.posts["school.line_manager"]) if lead else None
        return outcome_text(next_number(self.state), basis, "A visit.", [], [], lead=found)

    def confirmation(self, agency: str) -> e.OutcomeConfirmed:
        return e.OutcomeConfirmed(number=self.state.texts, agency=Id(agency))

    def acts(self, event: Any) -> Done:
        """What is proposed is done, an hour after the last act."""
        given = self.by(RAISER, actor=self.actor_of(event))
        answer: Answer = (
            self._decides(given) if isinstance(event, e.PanelDecided) else self._does(event, given)
        )
        assert isinstance(answer, Done), (event, answer)
        self.answers.append(answer)
        return answer

    def actor_of(self, event: Any) -> Acting:
        """Whoever acts in the seat of the option that this event takes up."""
        target = next(
            (getattr(event, f) for f in ("step", "way", "exit", "clock", "which") if hasattr(event, f)), ""
        )  # fmt: skip
        agency = getattr(event, "agency", None)
        if isinstance(event, e.OutcomeConfirmed | e.OutcomeDissented):
            return self.town.acting(self.speaker(event.agency))
        if agency is not None:
            return self.town.acting(f"{self._key(agency)}.practitioner")
        found = next(
            (o for o in self.every_option() if (o.event, o.target) == (type(event), target)), None
        )
        return self.seated(found.by if found else Seat("raising"))

    def seated(self, seat: Seat) -> Acting:
        """Somebody of the town who fills this seat of the policy."""
        if seat.side in ("raiser", "outside"):
            return self.town.acting(RAISER, "raiser")
        side = Seat("raising", seat.role) if seat.side == "each" else seat
        body, role = place(self.policy, self.state, side, None)
        key = self._key(body)
        tiers = self.policy.roles[role].tiers if role else ("business_manager",)
        capacity = "chair" if key == "office" else "raising_side"
        return self.town.acting(
            next(f"{key}.{t}" for t in tiers if f"{key}.{t}" in self.town.people), capacity
        )

    def panel_members(self) -> tuple[e.Member, ...]:
        """A panel of the town, the chair from outside the disagreement."""
        composition = self.policy.panels[
            self.policy.stages[self.state.stage].panel or ""
        ].composition
        chair, *others = ("police", "hospital", "mental", "care", "school")
        outside = [key for key in others if self.town.agencies[key] not in self.state.parties]
        keys = [chair, *(outside if composition.parties == "excluded" else others)]
        return tuple(
            e.Member(
                post=Id(self.town.posts[f"{key}.board_representative"]),
                agency=Id(self.town.agencies[key]),
                person=Id(self.town.people[f"{key}.board_representative"]),
                part=Code("chair" if i == 0 else "member"),
            )
            for i, key in enumerate(keys)
        )

    def _does(self, event: Any, given: dict[str, Any]) -> Answer:
        if isinstance(event, e.PanelConvened):
            return panels.convene_panel(
                members=self.panel_members(), meets_at=self.now + timedelta(days=1), where="Here", **given
            )  # fmt: skip
        return act(lambda _: event, **given)

    def _decides(self, given: dict[str, Any]) -> Answer:
        lead = self.town.posts["school.line_manager"] if self.policy.closing.lead else None
        return panels.decide_panel(
            decision="D.", reasons="R.", next_course="N.", lead=lead, why_early="W.", **given
        )

    def _key(self, body: str) -> str:
        return next((key for key, known in self.town.agencies.items() if known == body), "office")
