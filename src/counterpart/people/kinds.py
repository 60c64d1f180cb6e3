"""The closed vocabularies of the directory: kinds of agency, and the tiers posts stand at.

Codes are kept; words are for pages. It must not say what a tier may do: policies do that.
"""

from types import MappingProxyType

AGENCY_KINDS = MappingProxyType(
    {
        "childrens_social_care": "Children's social care",
        "early_help": "Early help",
        "adult_social_care": "Adult social care",
        "police": "Police",
        "acute_health": "Hospital trust",
        "community_health": "Community health",
        "mental_health": "Mental health",
        "integrated_care_board": "Integrated care board",
        "gp": "GP practice",
        "ambulance": "Ambulance service",
        "school": "School",
        "college": "College",
        "nursery": "Nursery or pre-school",
        "education": "Education service",
        "probation": "Probation",
        "youth_justice": "Youth justice",
        "court_advisory": "Family court advisory service",
        "prison": "Prison",
        "fire_and_rescue": "Fire and rescue",
        "housing": "Housing",
        "charity": "Charity or voluntary group",
        "faith": "Faith organisation",
        "other": "Another kind of agency",
    }
)

TIERS = MappingProxyType(
    {
        "practitioner": "Practitioner",
        "line_manager": "Line manager",
        "designated_safeguarding_lead": "Designated safeguarding lead",
        "named_professional": "Named professional",
        "designated_professional": "Designated professional",
        "operations_manager": "Operations manager",
        "head_of_safeguarding": "Head of safeguarding",
        "senior_manager": "Senior manager",
        "board_representative": "Board representative",
        "coordinator": "Partnership coordinator",
        "business_manager": "Partnership business manager",
        "independent_chair": "Independent chair",
        "data_protection_lead": "Data protection lead",
    }
)

BUSINESS_MANAGER = "business_manager"
"""Its holders have the partnership's desk."""
DATA_PROTECTION_LEAD = "data_protection_lead"
"""Its holders see who has read a case, and nothing of what is in it."""
LINE_MANAGER = "line_manager"
"""Its holders manage the people of their agency, and so do not judge a dispute that these are in. No other tier is
known to the code.
"""
