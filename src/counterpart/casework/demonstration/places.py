"""The made-up partnership of Northmere: its agencies, posts and the people who hold them.

A post is (tier, title, name of its holder); no name is a vacant post. The first word of an
agency's key is how `situations` speaks of it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """An agency, with its posts."""

    key: str
    name: str
    kind: str
    domain: str
    phone: str
    is_statutory: bool
    posts: tuple[tuple[str, str, str], ...]


PARTNERSHIP = "Northmere Safeguarding Children Partnership"

OFFICE = (
    ("business_manager", "Partnership business manager", "Helen Marsh"),
    ("independent_chair", "Chair of the Board", "Professor Ngozi Adeyemi"),
    ("head_of_safeguarding", "Head of Safeguarding", "Martin Fairley"),
    ("coordinator", "Partnership coordinator", "Dev Patel"),
)

PRACTITIONER, MANAGER = "practitioner", "line_manager"
LEAD, NAMED = "designated_safeguarding_lead", "named_professional"
OPERATIONS, BOARD = "operations_manager", "board_representative"

PLACES = (
    Place(
        "care", "Northmere Children’s Social Care", "childrens_social_care", "care", "01632 960100",
        True,
        (
            (PRACTITIONER, "Social worker, front door", "Jo Whitfield"),
            (PRACTITIONER, "Social worker, assessment team", "Callum Reid"),
            (PRACTITIONER, "Social worker, safeguarding team", "Priya Nair"),
            (PRACTITIONER, "Social worker, children with disabilities", "Tomasz Zielinski"),
            (MANAGER, "Team manager, front door", "Ruth Okonkwo"),
            (MANAGER, "Team manager, assessment", "Gareth Pugh"),
            (MANAGER, "Team manager, safeguarding", "Shabnam Akhtar"),
            (OPERATIONS, "Service manager, help and protection", "Lorraine Beck"),
            (BOARD, "Director of children’s services", "Simon Achebe"),
        ),
    ),
    Place(
        "police", "Northmere Police", "police", "police", "01632 960110", True,
        (
            (PRACTITIONER, "Detective constable, child protection", "Ewan Laidlaw"),
            (PRACTITIONER, "Neighbourhood officer", "Aisha Rahman"),
            (MANAGER, "Detective sergeant, child protection", "Kate Donnelly"),
            (OPERATIONS, "Detective inspector, public protection", "Victor Mensah"),
            (BOARD, "Superintendent, public protection", "Olwen Price"),
        ),
    ),
    Place(
        "hospital", "Northmere General Hospital", "acute_health", "hospital", "01632 960120", True,
        (
            (PRACTITIONER, "Staff nurse, emergency department", "Beatriz Lopes"),
            (PRACTITIONER, "Paediatric registrar", "Dr Imran Qureshi"),
            (PRACTITIONER, "Community midwife", "Sally Thornton"),
            (MANAGER, "Matron, children’s ward", "Denise Farrow"),
            (NAMED, "Named nurse for safeguarding children", "Angela Mbeki"),
            (BOARD, "Director of nursing", "Fiona Castell"),
        ),
    ),
    Place(
        "community", "Lowfell Community Health", "community_health", "lowfell", "01632 960130", True,
        (
            (PRACTITIONER, "Health visitor", "Grace Oyelaran"),
            (PRACTITIONER, "School nurse", "Bronwen Hughes"),
            (PRACTITIONER, "Speech and language therapist", "Marcus Fell"),
            (MANAGER, "Locality lead, health visiting", "Yvonne Sutcliffe"),
            (NAMED, "Named nurse for safeguarding children", "Peter Amankwah"),
            (BOARD, "Director of community services", "Rosa Delgado"),
        ),
    ),
    Place(
        "mental", "Northmere Mental Health", "mental_health", "mentalhealth", "01632 960140", True,
        (
            (PRACTITIONER, "Community psychiatric nurse", "Leon Baptiste"),
            (PRACTITIONER, "Child and adolescent therapist", "Hannah Weiss"),
            (MANAGER, "Team lead, children’s mental health", "Owen Griffiths"),
            (NAMED, "Named professional for safeguarding", "Mei Lin Tan"),
            (BOARD, "Medical director", "Dr Samira Haddad"),
        ),
    ),
    Place(
        "surgery", "Harbour Road Surgery", "gp", "harbourroad", "01632 960150", True,
        (
            (PRACTITIONER, "General practitioner", "Dr Colin Brayshaw"),
            (PRACTITIONER, "Practice nurse", "Ifeoma Eze"),
            (MANAGER, "Practice manager", "Janet Lomax"),
            (LEAD, "Safeguarding lead GP", "Dr Nasreen Malik"),
        ),
    ),
    Place(
        "board", "Northmere Integrated Care Board", "integrated_care_board", "icb", "01632 960160",
        True,
        (
            ("designated_professional", "Designated nurse for safeguarding children",
             "Catherine Doyle"),
            (BOARD, "Chief nurse", "Babatunde Ojo"),
        ),
    ),
    Place(
        "oakfield", "Oakfield Primary School", "school", "oakfield", "01632 960170", False,
        (
            (PRACTITIONER, "Class teacher, Year 4", "Amara Osei"),
            (PRACTITIONER, "Teaching assistant", "Lucy Brand"),
            (MANAGER, "Deputy headteacher", "Robert Kendall"),
            (LEAD, "Designated safeguarding lead", "Maryam Siddiqui"),
            ("senior_manager", "Headteacher", "Elaine Foster"),
        ),
    ),
    Place(
        "brannock", "St Brannock’s School", "school", "stbrannocks", "01632 960180", False,
        (
            (PRACTITIONER, "Head of Year 9", "Daniel Achterberg"),
            (PRACTITIONER, "Pastoral assistant", "Chloe Winters"),
            (MANAGER, "Assistant headteacher", "Sunita Rao"),
            (LEAD, "Designated safeguarding lead", "Paul Trevithick"),
            (BOARD, "Schools’ representative on the Board", "Ian Calloway"),
        ),
    ),
    Place(
        "acorns", "Little Acorns Nursery", "nursery", "littleacorns", "01632 960190", False,
        (
            (PRACTITIONER, "Key worker", "Zoe Hart"),
            (MANAGER, "Room leader", "Wendy Achampong"),
            (LEAD, "Nursery manager and safeguarding lead", "Jackie Noble"),
        ),
    ),
    Place(
        "probation", "Northmere Probation", "probation", "probation", "01632 960200", True,
        (
            (PRACTITIONER, "Probation officer", "Stephen Idowu"),
            (MANAGER, "Senior probation officer", ""),
            (OPERATIONS, "Head of service", "Moira Jennings"),
            (BOARD, "Regional representative on the Board", "Tariq Aziz"),
        ),
    ),
    Place(
        "housing", "Northmere Homes", "housing", "homes", "01632 960210", False,
        (
            (PRACTITIONER, "Housing officer", "Kelly Armitage"),
            (MANAGER, "Neighbourhood manager", "Abdul Karim"),
            (OPERATIONS, "Head of housing", "Frances Ogilvie"),
            (BOARD, "Housing representative on the Board", "Neil Pemberton"),
        ),
    ),
    Place(
        "lantern", "Lantern Family Support", "charity", "lantern", "01632 960220", False,
        (
            (PRACTITIONER, "Family support worker", "Esther Boateng"),
            (MANAGER, "Service coordinator", "Liam Corrigan"),
            (LEAD, "Designated safeguarding lead", "Joy Castellano"),
            (BOARD, "Voluntary sector representative on the Board", "Hilary Nash"),
        ),
    ),
)  # fmt: skip

AWAY = (("Gareth Pugh", "Shabnam Akhtar"), ("Jackie Noble", "Wendy Achampong"))
"""(who is away this fortnight, who stands in for them)."""

WAYS_IN = (
    ("Teacher who is worried", "Amara Osei"),
    ("Designated safeguarding lead", "Maryam Siddiqui"),
    ("The other side: social worker", "Callum Reid"),
    ("The other side: team manager", "Ruth Okonkwo"),
    ("Health visitor", "Grace Oyelaran"),
    ("Senior manager", "Lorraine Beck"),
    ("Head of Safeguarding", "Martin Fairley"),
    ("Chair of the Board", "Professor Ngozi Adeyemi"),
    ("Panel member", "Babatunde Ojo"),
    ("Designated nurse", "Catherine Doyle"),
    ("Partnership business manager", "Helen Marsh"),
)
