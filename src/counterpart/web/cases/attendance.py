"""Who came to a meeting that was required: the questions about it on the form of the meeting's step.

It must not say what follows from who came: the engine and the form of the step do.
"""

from __future__ import annotations

from counterpart.casework.casefile import CaseFile
from counterpart.engine.between import Meeting
from counterpart.telling.words import PART
from counterpart.web.forms import Option, RadiosField

CAME = "came"


def field_of(agency: str) -> str:
    """The name of the question whether an agency came."""
    return f"came_{agency}"


def attendance_fields(file: CaseFile, meeting: Meeting) -> dict[str, RadiosField]:
    """One question for each agency that was asked to come."""
    return {
        field_of(agency): RadiosField(
            f"Did {file.body_name(agency)} come?",
            missing=f"Say whether {file.body_name(agency)} came",
            options=[Option(part, words) for part, words in PART.items()],
        )
        for agency in meeting.agencies
    }
