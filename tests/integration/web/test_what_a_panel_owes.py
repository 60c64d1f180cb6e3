"""What some policies ask of a panel beside a decision: that its members declare conflicts, and a report."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.integration.web.case_forms import browser, is_refused, sent, words_of
from tests.integration.web.filling import WRITTEN, filled
from tests.integration.web.test_ending_pages import PANEL, panel_form
from tests.live import puts_in_force
from tests.town import BRENT, CHAIR, SITTING, Story, town

pytestmark = pytest.mark.django_db

REPORT = "step/report-resolution-panel"
ASKED = "Each has said that they have no conflict of interest"


@pytest.fixture
def story() -> Story:
    """A case that has come to the panel, under a policy that asks both."""
    place, content = town(), BRENT.read_text(encoding="utf-8")
    least, decision = "      at_least_agencies: 3\n", '    decision_clause: "2.6 decision"\n'
    report = '    report: {what: A summary report, to: each, clause: "2.6"}\n'
    for before, more in ((least, "      declare: true\n"), (decision, report)):
        assert before in content
        content = content.replace(before, before + more)
    puts_in_force(place, content.encode())
    began = datetime.now(UTC) - timedelta(days=9)
    return Story(place, now=began, step=timedelta(minutes=30)).raised().to_panel()


def test_a_panel_whose_members_were_not_asked_about_conflicts_is_not_convened(
    story: Story,
) -> None:
    client = browser(story.town, CHAIR)
    assert ASKED in words_of(client.get(f"/cases/{story.reference}/{PANEL}"))  # type: ignore[arg-type]  # of a test client
    refused = sent(client, story, PANEL, panel_form(story, *SITTING))
    is_refused(refused, "Ask each member first whether they have a conflict of interest.")
    checked = sent(client, story, PANEL, panel_form(story, *SITTING, check="yes", declared="none"))
    assert "This panel may sit" in words_of(checked)
    assert (
        sent(client, story, PANEL, panel_form(story, *SITTING, declared="none")).status_code == 303
    )
    page = words_of(client.get(f"/cases/{story.reference}"))  # type: ignore[arg-type]  # as above
    assert "Each member said that they have none" in page


def test_the_report_is_written_by_whoever_convened_it_when_the_case_has_ended(
    story: Story,
) -> None:
    client = browser(story.town, CHAIR)
    early = words_of(client.get(f"/cases/{story.reference}/{REPORT}"))  # type: ignore[arg-type]  # of a test client
    assert "This is for when the panel has decided." in early
    story.convened(are_clear=True).heard().decided().confirmed()
    assert (
        f"/cases/{story.reference}/{REPORT}"
        in client.get(f"/cases/{story.reference}").content.decode()
    )
    form = client.get(f"/cases/{story.reference}/{REPORT}").content.decode()
    assert "What does it say?" in form
    assert sent(client, story, REPORT, filled(form)).status_code == 303
    assert WRITTEN in words_of(client.get(f"/cases/{story.reference}"))  # type: ignore[arg-type]  # as above
    assert "report-resolution-panel" not in {
        one.clock for one in story.state.clocks if one.is_running
    }
