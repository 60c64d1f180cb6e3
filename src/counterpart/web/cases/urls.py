"""Addresses of a case and of each act on it."""

from django.urls import URLPattern, path

from counterpart.web.cases import views
from counterpart.web.cases.act_page import ActPage
from counterpart.web.cases.acts import act_view
from counterpart.web.cases.addresses import ADDRESSES
from counterpart.web.cases.letters import LETTER
from counterpart.web.cases.policy import policy
from counterpart.web.cases.table import ACT_PAGES

app_name = "cases"


def _paths(act: ActPage) -> list[URLPattern]:
    address = ADDRESSES[act.event]
    end = f"{address.name}/<{address.converter}:target>" if address.has_target else address.name
    found = [path(f"cases/<slug:reference>/{end}", act_view(act), name=address.name)]
    if address.has_behalf:
        found.append(
            path(
                f"cases/<slug:reference>/telephoned/{end}",
                act_view(act, behalf=True),
                name=f"{address.name}_behalf",
            )
        )
    return found


urlpatterns = [
    path("cases/<slug:reference>", views.case, name="case"),
    path("cases/<slug:reference>/policy", policy, name="policy"),
    path("cases/<slug:reference>/letter/<slug:target>", act_view(LETTER), name="letter"),
    *(one for act in ACT_PAGES for one in _paths(act)),
]
