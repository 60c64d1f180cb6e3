"""Each policy that comes with Counterpart, in force in a town: played up and to an end, with every page answering."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any, cast

import pytest
from django.test import Client

from counterpart.engine import events as e
from counterpart.journal.reading import read_facts
from counterpart.people.models import Account
from tests import directory as d
from tests.every_kind import written_whole
from tests.live import PUBLISHED, Live, a_whole_town, policy_file, puts_in_force
from tests.playing import act_upwards, next_act
from tests.signed_in import sign_in
from tests.town import CHAIR, RAISER, WORKER, Town

pytestmark = pytest.mark.django_db

BEGAN = datetime.now(UTC) - timedelta(days=6)  # the pages read the real clock
MANAGER = "office.business_manager"
WATCHING = (RAISER, WORKER, "school.line_manager", MANAGER, CHAIR)
LINK = re.compile(r'href="(/cases/[^"]+|/desk/[^"]+)"')
MOST_ACTS = 30


def browsers(place: Town) -> dict[str, Client]:
    found = {}
    for who in WATCHING:
        found[who] = Client()
        known = Account.objects.filter(person=place.people[who]).first()
        sign_in(found[who], known or d.an_account(place.people[who], f"{who}@x.example"))
    return found


def pages_answer(story: Live, watching: dict[str, Client], looked: set[str]) -> None:
    """The case, its policy and everything it leads to, for everybody who may see it; each form once for a person."""
    seen_by = 0
    for who, client in watching.items():
        answer = client.get(f"/cases/{story.reference}")
        assert answer.status_code in (200, 404), who
        assert client.get("/me").status_code == 200
        if answer.status_code == 404:
            continue
        seen_by += 1
        for link in dict.fromkeys(LINK.findall(unescape(answer.content.decode()))):
            path = link.partition("#")[0]
            if f"{who} {story.state.stage} {path}" not in looked:
                looked.add(f"{who} {story.state.stage} {path}")
                assert client.get(path).status_code == 200, f"{who}: {path}"
    assert seen_by >= 2  # whoever raised it, and the partnership's office


def acts_to_the_end(story: Live) -> Iterator[Any]:
    """Up for as long as anything leads up, then to an end."""
    case = cast(Any, story)
    been = {story.state.stage}
    for _ in range(MOST_ACTS):
        event = act_upwards(case)
        is_up = isinstance(event, e.MovedOn) and event.to_stage in been
        if is_up or isinstance(event, e.OutcomeDissented | e.PolicyGapReported):
            break
        if isinstance(event, e.StepRecorded) and event.step in story.state.done:
            break
        yield event
        been.add(story.state.stage)
    while story.state.is_open:
        yield next_act(case)


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_case_under_a_published_policy_comes_to_its_end_and_every_page_answers(name: str) -> None:
    place = a_whole_town()
    policy = puts_in_force(place, policy_file(name))
    story = Live(place, now=BEGAN, step=timedelta(minutes=30)).begins()
    watching, looked = browsers(place), set[str]()
    pages_answer(story, watching, looked)
    for done, event in enumerate(acts_to_the_end(story)):
        assert done < 2 * MOST_ACTS, event
        story.acts(event)
        pages_answer(story, watching, looked)
    assert story.state.status == "closed"
    assert story.state.edition == policy.edition


@pytest.mark.parametrize(("track", "grounds"), [("main", ("other",)), ("plans", ("plan",))])
def test_a_case_under_a_policy_of_every_kind_comes_to_its_end_and_every_page_answers(
    track: str, grounds: tuple[str, ...]
) -> None:
    place = a_whole_town()
    puts_in_force(place, written_whole())
    story = Live(place, now=BEGAN, step=timedelta(minutes=30)).begins(track=track, grounds=grounds)
    watching, looked = browsers(place), set[str]()
    for event in acts_to_the_end(story):
        story.acts(event)
        pages_answer(story, watching, looked)
    assert story.state.status == "closed"
    kinds = {type(entry.event) for entry in read_facts(story.case)}
    assert e.MovedOn in kinds
