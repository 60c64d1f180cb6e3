"""Addresses of a case and of each act on it."""

from django.urls import URLPattern, path

from counterpart.web.cases import keeping, packing, reading, views
from counterpart.web.cases.act_page import ActPage
from counterpart.web.cases.acts import act_view
from counterpart.web.cases.addresses import ADDRESSES
from counterpart.web.cases.ending_table import SUPPORTER
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


_KEEPING = [
    path(f"cases/<slug:reference>/{end}", keeping.keeping_view(one), name=name)
    for name, end, one in (
        ("tie", "tie", keeping.TIE),
        ("keep_out", "keep-out", keeping.KEEP_OUT),
        ("let_back", "let-back/<slug:target>", keeping.LET_BACK),
        ("restrict", "restrict", keeping.RESTRICT),
        ("lift_restriction", "lift-restriction", keeping.LIFT),
        ("note", "note", keeping.NOTE),
        ("share_note", "share-note/<slug:target>", keeping.SHARE),
        ("protect", "protect", keeping.PROTECT),
        ("open_to", "detail/<slug:target>/who", keeping.OPEN_TO),
    )
]

urlpatterns = [
    path("cases/<slug:reference>", views.case, name="case"),
    path("cases/<slug:reference>/policy", policy, name="policy"),
    path("cases/<slug:reference>/letter/<slug:target>", act_view(LETTER), name="letter"),
    path("cases/<slug:reference>/supporter", act_view(SUPPORTER), name="supporter"),
    *_KEEPING,
    path("cases/<slug:reference>/kept-out", keeping.kept_out, name="kept_out"),
    path("cases/<slug:reference>/detail/<slug:target>", keeping.detail, name="detail"),
    path("cases/<slug:reference>/reads", reading.reads, name="reads"),
    path("cases/<slug:reference>/pack", packing.choose, name="pack"),
    path("cases/<slug:reference>/pack/left-out", packing.choose_redacted, name="pack_redacted"),
    *(one for act in ACT_PAGES for one in _paths(act)),
]
