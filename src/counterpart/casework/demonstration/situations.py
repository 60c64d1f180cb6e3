"""What the made-up disagreements are about: who raises them, with whom, and what each side says.

Agencies are named by their keys in `places`, people by their names. The words are what a busy
professional would write: short, about the child, and about what is wanted.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Situation:
    """A disagreement. `others` holds (agency key, name of the worker or "" where not known)."""

    raiser: str
    others: tuple[tuple[str, str], ...]
    child: str
    ground: str
    dispute: str
    unsafe: str
    wanted: str
    tried: str
    theirs: str
    settled: str
    action: str
    kind: str = "child"


SITUATIONS = (
    Situation(
        "Amara Osei", (("care", "Callum Reid"),), "NM-40218", "thresholds",
        "The referral was closed with no further action. We think the threshold for an assessment is met.",
        "He has come to school hungry on eleven days since September and twice said that he sleeps "
        "at a neighbour’s. Nobody has visited the home.",
        "A social worker sees him at home and an assessment is started.",
        "I telephoned the front door twice and sent our log of what he has said.",
        "The information in the referral pointed to early help. There was nothing about where he sleeps.",
        "With the school’s full log the front door agrees that an assessment is needed.",
        "Visit the home and see him alone; start the assessment",
    ),
    Situation(
        "Grace Oyelaran", (("care", "Priya Nair"),), "NM-38775", "plans",
        "The child protection plan has not moved since the summer. Two core groups were cancelled.",
        "Weights at eight, ten and twelve months are falling across the centiles and the home visits in "
        "the plan have not taken place.",
        "A core group this week, with dates for the visits in the plan.",
        "I wrote to the social worker after each cancelled meeting.",
        "The case was between workers for five weeks. The plan is being picked up.",
        "A core group will be held and the visits are in the diary.",
        "Hold the core group and send its notes to everyone",
    ),
    Situation(
        "Zoe Hart", (("care", ""),), "NM-41102", "communication",
        "We were not told that the father had moved back into the home.",
        "There is a court order that he must not be there. She has been clinging at collection time.",
        "We are told what the safety plan is, so that the nursery can keep to it.",
        "The manager asked for a strategy discussion and has had no answer.",
        "The nursery’s details were missing from the record, so nobody called.",
        "The nursery has the safety plan and is on the list for every meeting.",
        "Add the nursery to the core group and share the safety plan",
    ),
    Situation(
        "Dr Imran Qureshi", (("police", "Ewan Laidlaw"), ("care", "Jo Whitfield")), "NM-39960",
        "roles",
        "Police and social care each expect the other to see the child first. Neither has.",
        "A fracture in a baby who cannot yet crawl, with no explanation that fits.",
        "A joint visit is agreed today and the brother is examined.",
        "I called both teams on the night and again in the morning.",
        "We were waiting for a written medical opinion.",
        "A joint visit was agreed, and the written opinion was given the same day.",
        "Carry out the joint visit and see the brother",
    ),
    Situation(
        "Sally Thornton", (("care", "Jo Whitfield"),), "NM-42007", "thresholds",
        "A pre-birth assessment was refused until thirty weeks.",
        "An older child was removed last year and the birth may come early.",
        "The assessment begins now, so that there is a plan before the birth.",
        "I asked the reason and was given the local timetable.",
        "The timetable says thirty weeks unless there is a reason to begin sooner.",
        "An earlier start is agreed because of the older child.",
        "Begin the pre-birth assessment and meet the parents",
        kind="unborn",
    ),
    Situation(
        "Daniel Achterberg", (("mental", "Hannah Weiss"),), "NM-37341", "thresholds",
        "She was discharged after one missed appointment.",
        "She has harmed herself twice since and told us she sees no point in going on.",
        "She is seen within days and a safety plan is shared with school.",
        "Her parents rang the service; I wrote to the team.",
        "The letter about missed appointments was sent to an old address.",
        "She has been offered an appointment and the discharge is withdrawn.",
        "See her and share the safety plan with school",
    ),
    Situation(
        "Esther Boateng", (("housing", "Kelly Armitage"),), "NM-36518", "plans",
        "The family is still in a flat with a broken front door after a threat to the mother.",
        "He knows the address. The children sleep in the front room.",
        "An emergency move, or the door and locks made safe today.",
        "I asked for an emergency repair and sent the police reference.",
        "The repair was logged as routine because the reference had not reached us.",
        "The door was made safe and a move is being arranged.",
        "Make the door and windows safe and offer a move",
    ),
    Situation(
        "Bronwen Hughes", (("oakfield", "Lucy Brand"), ("care", "Callum Reid")), "NM-40655",
        "communication",
        "A disclosure made at school did not reach the health record or the social worker.",
        "He told staff about being locked in a room. I first heard of it three weeks later.",
        "All three of us meet and agree who passes on what.",
        "I asked the school and the social worker for their notes.",
        "We thought that the referral form went to everybody.",
        "One list of who is told, kept by the school, is agreed.",
        "Write down who is told of a disclosure and share it",
    ),
    Situation(
        "Stephen Idowu", (("care", "Tomasz Zielinski"),), "NM-39127", "roles",
        "A man on licence has moved in with a family, and nobody has said who will assess the risk.",
        "There are two girls in the home. His licence forbids unsupervised contact.",
        "A named worker assesses the risk to the girls this week.",
        "I reported it by telephone and by e-mail.",
        "It was recorded as information and not as a referral.",
        "It is treated as a referral and a worker is named.",
        "Assess the risk to both girls",
    ),
    Situation(
        "Aisha Rahman", (("care", "Jo Whitfield"),), "NM-40871", "thresholds",
        "Three reports about the same children in six weeks were each closed on their own.",
        "Taken together they show children left alone at night.",
        "The three reports are looked at together.",
        "I asked the front door to link the reports.",
        "Each was below the threshold when it came in.",
        "The reports are linked, and there will be an assessment.",
        "Look at the three reports together and see the children",
    ),
    Situation(
        "Leon Baptiste", (("probation", "Stephen Idowu"),), "NM-38004", "communication",
        "The date of a release was not shared with those who look after the children.",
        "Their mother’s health gets worse when he comes back, and nobody has planned for it.",
        "The date is shared and there is a plan for the first week.",
        "I asked for the date and was told it could not be given.",
        "We need the mother’s agreement or a reason. We now have the reason.",
        "The date has been shared and a plan is written.",
        "Share the release plan and hold a short meeting the day before",
    ),
    Situation(
        "Ifeoma Eze", (("community", "Grace Oyelaran"),), "NM-41590", "roles",
        "Nobody is following up two missed immunisations and a missed development check.",
        "The baby was premature and has not been seen by anybody for seven weeks.",
        "A visit this week.",
        "I left messages with the health visiting office.",
        "The family had moved, and the record was with another team.",
        "The health visitor will visit and let the surgery know.",
        "Visit the family and tell the surgery",
    ),
)  # fmt: skip
