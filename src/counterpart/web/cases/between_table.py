"""The acts between the sides as pages; a part of the table of acts (`table`)."""

from __future__ import annotations

from counterpart.casework.casefile import CaseFile
from counterpart.engine import events as e
from counterpart.people.finders import agencies_in
from counterpart.web.cases import between_forms as forms
from counterpart.web.cases import between_performing as performing
from counterpart.web.cases import meeting_forms
from counterpart.web.cases.act_page import ActPage


def offer_statutory(form: meeting_forms.RequireMeetingForm, file: CaseFile) -> None:
    """The agencies outside the case that may require this meeting through somebody in it."""
    is_any = file.policy.steps[form.target].required_by == "statutory"
    found = agencies_in(file.state.partnership, file.now) if is_any else ()
    parties = file.state.parties
    form.offer([(a.id, a.name) for a in found if a.is_statutory and a.id not in parties])


BETWEEN_PAGES: tuple[ActPage, ...] = (
    ActPage(e.InformationAsked, forms.AskForm, performing.ask,
            "The other agency is asked.", "cases/ask.jinja"),
    ActPage(e.InformationAcknowledged, forms.AcknowledgeForm, performing.acknowledge,
            "The other agency can see that you have the question.", "cases/question.jinja"),
    ActPage(e.InformationAnswered, forms.AnswerQuestionForm, performing.answer_question,
            "Your answer is recorded, and the other agency is told.", "cases/question.jinja"),
    ActPage(e.MeetingRequired, meeting_forms.RequireMeetingForm, performing.require_meeting,
            "The meeting is required.", "cases/require_meeting.jinja", prepare=offer_statutory),
    ActPage(e.MeetingTimesProposed, meeting_forms.TimesForm, performing.times,
            "The other agencies are asked when they can come.", "cases/meeting_times.jinja"),
    ActPage(e.MeetingTimesAnswered, meeting_forms.TimesAnswerForm, performing.can_come,
            "Your answer is recorded.", "cases/meeting.jinja"),
    ActPage(e.MeetingArranged, meeting_forms.ArrangeForm, performing.arrange,
            "Everybody is told when the meeting is.", "cases/meeting_arranged.jinja"),
    ActPage(e.MeetingCalledOff, meeting_forms.CallOffForm, performing.call_off,
            "The meeting is called off.", "cases/meeting.jinja"),
    ActPage(e.ExtensionProposed, forms.MoreTimeForm, performing.more_time,
            "The other agencies are asked to agree. Until they do, the time stays as it is.",
            "cases/more_time.jinja"),
    ActPage(e.ExtensionAnswered, forms.MoreTimeAnswerForm, performing.answer_more_time,
            "Your answer is recorded.", "cases/answer_more_time.jinja"),
    ActPage(e.RemainingRiskStated, forms.RemainingRiskForm, performing.remaining_risk,
            "Your answer is recorded.", "cases/remaining_risk.jinja"),
    ActPage(e.RemainingRiskAnswered, forms.RiskAnswerForm, performing.answer_risk,
            "Your answer is recorded, and the person who raised the concern is told.",
            "cases/risk_answer.jinja"),
)  # fmt: skip
