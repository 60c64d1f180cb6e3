"""What can be chosen on a form where the case alone does not say: members, agencies, roles."""

from __future__ import annotations

from django.http import Http404

from counterpart.casework.acts import SUPPORTER
from counterpart.casework.casefile import CaseFile
from counterpart.engine.apart import is_kept_from
from counterpart.people.directory import directory_as_of
from counterpart.people.finders import agencies_in
from counterpart.telling.describing import describe
from counterpart.web.cases.ending_forms import AdviceForm, SupporterForm
from counterpart.web.cases.entry_links import FIXED
from counterpart.web.cases.forms import CorrectForm, RedirectForm, WhoForm, post_options
from counterpart.web.cases.panel_forms import PanelForm
from counterpart.web.forms import Option


def offer_members(form: PanelForm, file: CaseFile) -> None:
    """Everyone in the partnership who may sit on this panel."""
    names = {agency.id: agency.name for agency in agencies_in(file.state.partnership, file.now)}
    form.offer(directory_as_of(file.now, names, None), names)


def offer_everybody(form: AdviceForm | SupporterForm, file: CaseFile) -> None:
    """Everyone in the partnership, its office too."""
    here = file.state.partnership
    names = {agency.id: agency.name for agency in agencies_in(here, file.now)}
    names[here] = file.partnership.name
    form.offer(directory_as_of(file.now, names.keys() - {here}, here).all_posts(), names)


def offer_agencies(form: RedirectForm, file: CaseFile) -> None:
    """The partnership's other agencies."""
    form.fields["to_agency"].options = [  # type: ignore[attr-defined]  # a choosing field
        Option(agency.id, agency.name)
        for agency in agencies_in(file.state.partnership, file.now)
        if agency.id not in file.state.parties
    ]


def offer_roles(form: WhoForm, file: CaseFile) -> None:
    """The policy's roles in an agency, and the posts of the agencies in the case."""
    roles = [role for role in file.policy.roles.values() if role.at == "agency"]
    form.fields["role"].options = [  # type: ignore[attr-defined]  # a choosing field
        *(Option(role.id, role.title) for role in roles),
        Option(SUPPORTER, "Somebody to support the less senior person"),
    ]
    parties = set(file.state.parties)
    here = (post for post in file.directory.all_posts() if post.body in parties)
    posts = [post for post in here if not is_kept_from(file.state, post.body, post.id)]
    form.fields["post"].options = post_options(file, posts)  # type: ignore[attr-defined]


def find_entry(form: CorrectForm, file: CaseFile) -> None:
    """The entry to be corrected, for the page to show. Raises Http404 where there is none."""
    for whole in file.entries:
        if whole.recorded.id == form.target and not isinstance(whole.recorded.event, FIXED):
            form.entry = describe(file, whole)  # type: ignore[attr-defined]  # for the template
            return
    raise Http404
