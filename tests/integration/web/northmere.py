"""A small partnership under Brent's policy with a teacher in it, for the pages of raising a concern.

It must not hold an assertion.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.test import Client

from counterpart.casework import editions
from counterpart.casework.actors import the_clock
from tests import directory as d
from tests.signed_in import sign_in

DISPUTE = "The referral of 3 November was closed without a visit."
STATED = "Somebody called Callum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Northmere:
    """Ids of what is there."""

    partnership: str
    school: str
    care: str
    police: str
    teacher: str
    teacher_post: str
    lead_post: str
    worker_post: str


def northmere() -> Northmere:
    """Make it: a school, social care, police, and the partnership's office."""
    here = d.a_partnership("Northmere Safeguarding Partnership")
    editions.publish(
        content=(settings.POLICIES / "brent" / "policy.yaml").read_bytes(),
        partnership=here,
        actor=the_clock(),
        now=datetime(2026, 1, 5, 9, tzinfo=UTC),
    )
    school = d.an_agency(here, name="Oakfield Primary School")
    care = d.an_agency(here, name="Northmere Children’s Social Care", kind="childrens_social_care")
    police = d.an_agency(here, name="Northmere Police", kind="police")
    teacher_post = d.a_post(school, title="Class teacher")
    d.a_person(d.a_post(school, "line_manager", "Deputy headteacher"), name="Robert Kendall")
    lead_post = d.a_post(school, "designated_safeguarding_lead", "Designated safeguarding lead")
    d.a_person(lead_post, name="Maryam Siddiqui")
    worker_post = d.a_post(care, title="Social worker, assessment team")
    d.a_person(worker_post, name="Callum Reid")
    d.a_person(d.a_post(here, "business_manager", "Business manager"), name="Helen Marsh")
    d.a_person(
        d.a_post(here, "head_of_safeguarding", "Head of Safeguarding"), name="Martin Fairley"
    )
    return Northmere(
        partnership=here,
        school=school,
        care=care,
        police=police,
        teacher=d.a_person(teacher_post, name="Amara Osei"),
        teacher_post=teacher_post,
        lead_post=lead_post,
        worker_post=worker_post,
    )


def signed_in(person: str, email: str, *, is_administrator: bool = False) -> Client:
    """A browser in which this person has signed in."""
    client = Client()
    sign_in(client, d.an_account(person, email, is_administrator=is_administrator))
    return client


def begin(client: Client) -> str:
    """Press “Start now”; the id of the draft."""
    answer = client.post("/raise", {"idempotency_key": d.new_id()})
    return str(answer.headers["Location"]).rsplit("/", 1)[-1]


def answers(place: Northmere) -> list[tuple[str, dict[str, Any]]]:
    """A whole journey: each question's address under the draft, and what is sent to it."""
    return [
        ("child", {"kind": "child", "reference": "NHS 943 476 5919"}),
        ("children", {"is_anyone_else": "no"}),
        ("grounds", {"grounds": ["thresholds", "other"]}),
        ("dispute", {"dispute": DISPUTE}),
        ("why-unsafe", {"why_unsafe": "Two new bruises this week."}),
        ("immediate-risk", {"is_urgent": "no", "immediate_risk": ""}),
        ("outcome", {"desired_outcome": "A visit this week."}),
        ("reasons", {"asked_rationale": "not_yet"}),
        ("own-policy", {"used_own_policy": "yes"}),
        ("tried", {"already_tried": ""}),
        ("agencies", {"agencies": [place.care]}),
        (f"worker/{place.care}", {"post": place.worker_post, "stated_name": ""}),
        ("about-a-person", {"is_about_worker": "no"}),
        ("supporter", {"supporter": place.lead_post}),
    ]


def answer_all(client: Client, draft: str, place: Northmere, **changed: dict[str, Any]) -> None:
    """Answer every question; `changed` gives other answers by the question's first word."""
    for question, said in answers(place):
        name = question.split("/")[0].replace("-", "_")
        client.post(f"/raise/{draft}/{question}", changed.get(name, said))
