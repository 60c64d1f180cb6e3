"""A policy written in layers: what each rule does to the text it extends, and where faults stand."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

import pytest

from counterpart.policy.layers import MOST_CLIMBED, MOST_FILES, gathered
from counterpart.policy.loading import (
    Loaded,
    PolicyRefused,
    Problem,
    Read,
    bundle,
    load_policy,
    read_policy,
)
from counterpart.policy.places import Places
from counterpart.policy.yaml_text import MOST_BYTES
from counterpart.worktime import parse_limit
from tests.made_up import ADVICE, UP_THE_LINE

HEAD = """
extends: ../base/policy.yaml
id: here
title: Here
area: Here
published_by: Those here
edition: Ours
"""
NAME = "here/policy.yaml"


def folder(files: Mapping[str, str]) -> Read:
    """Gives the bytes of made-up files by their path from the first one's folder."""

    def read(path: str) -> bytes:
        if path not in files:
            raise FileNotFoundError(path)
        return files[path].encode()

    return read


BASE = folder({"../base/policy.yaml": UP_THE_LINE})


def load(layer: str, read: Read = BASE) -> Loaded:
    return read_policy((HEAD + layer).encode(), name=NAME, read=read)


def problems(layer: str, read: Read | None = BASE, head: str = HEAD) -> tuple[Problem, ...]:
    with pytest.raises(PolicyRefused) as refused:
        read_policy((head + layer).encode(), name=NAME, read=read)
    return refused.value.problems


# --- what laying over does -----------------------------------------------------------------------


def test_a_layer_that_changes_nothing_is_the_parent_under_its_own_head() -> None:
    policy = load("").policy
    parent = load_policy(UP_THE_LINE.encode())
    assert (policy.id, policy.title, policy.area, policy.label) == ("here", "Here", "Here", "Ours")
    assert policy.published_by == "Those here"
    assert policy.stages == parent.stages
    assert policy.clocks == parent.clocks


def test_one_limit_of_one_step_can_be_changed() -> None:
    layer = """
stages:
  - id: workers
    steps:
      - {id: first-talk, limit: 3 working days}
"""
    policy, parent = load(layer).policy, load_policy(UP_THE_LINE.encode())
    assert policy.clocks["first-talk"].limit.fixed == (parse_limit("3 working days"),)
    assert policy.steps["first-talk"].what == parent.steps["first-talk"].what
    assert {n for n in policy.clocks if policy.clocks[n] != parent.clocks[n]} == {"first-talk"}


# --- leaving out ---------------------------------------------------------------------------------


def test_a_file_that_extends_nothing_has_nothing_to_leave_out() -> None:
    (problem,) = problems("leaves_out: []", head=UP_THE_LINE)
    assert problem.code == "nothing-to-leave-out"


def test_leaving_out_is_kept_on_the_policy() -> None:
    layer = 'leaves_out: [{rule: steps tell, why: Nobody is told here., clause: "1"}]'
    policy = load(layer).policy
    assert [(x.rule, x.why) for x in policy.leaves_out] == [("steps tell", "Nobody is told here.")]
    assert "tell" not in policy.steps


# --- chains --------------------------------------------------------------------------------------


def chain(length: int) -> Read:
    """A row of files, each extending the next, and the last a whole policy."""
    files = {f"{n}.yaml": _link(n, f"{n + 1}.yaml") for n in range(1, length - 1)}
    return folder({**files, f"{length - 1}.yaml": UP_THE_LINE})


def _link(number: int, extends: str) -> str:
    head = HEAD.replace("../base/policy.yaml", extends).replace("id: here", f"id: n{number}")
    return f"{head}principles: [{{text: Of {number}, clause: '1'}}]\n"


def test_a_chain_is_laid_over_from_the_far_end_and_names_its_layers_nearest_first() -> None:
    loaded = read_policy(_link(0, "1.yaml").encode(), name="0.yaml", read=chain(4))
    assert loaded.sources == ("0.yaml", "1.yaml", "2.yaml", "3.yaml")
    assert [x.id for x in loaded.policy.layers] == ["n1", "n2", "up-the-line"]
    assert [x.text for x in loaded.policy.principles] == ["Of 2", "Of 1", "Of 0"]
    assert loaded.policy.id == "n0"


def test_each_clause_says_whose_text_it_stands_in() -> None:
    clauses = "clauses: [{id: ours, title: Ours, quote: ours}]\n"
    whole = read_policy(
        (_link(0, "1.yaml") + clauses).encode(),
        name="0.yaml",
        read=folder(
            {"1.yaml": _link(1, "../base/policy.yaml"), "../base/policy.yaml": UP_THE_LINE}
        ),
    ).policy
    assert whole.clauses["ours"].layer == ""
    assert {c.layer for name, c in whole.clauses.items() if name != "ours"} == {"up-the-line"}


def test_a_clause_that_is_quoted_anew_is_the_layers_own_and_a_new_title_leaves_it_where_it_was() -> (
    None
):
    anew = load("clauses: [{id: '1', quote: ours}]").policy
    assert anew.clauses["1"].layer == ""
    titled = load("clauses: [{id: '1', title: Ours}]").policy
    assert (titled.clauses["1"].layer, titled.clauses["1"].title) == ("up-the-line", "Ours")


def test_a_clause_quoted_anew_over_a_file_that_stands_alone_is_no_longer_of_the_far_text() -> None:
    kept = bundle(HEAD.encode(), name=NAME, read=BASE).decode()
    over = HEAD.replace("id: here", "id: further") + "clauses: [{id: '1', quote: ours}]"
    policy = load_policy(over.encode(), read=folder({"../base/policy.yaml": kept}))
    assert policy.clauses["1"].layer == ""
    assert load_policy(kept.encode()).clauses["1"].layer == "up-the-line"


def test_a_chain_may_have_so_many_files_and_no_more() -> None:
    first = _link(0, "1.yaml").encode()
    assert len(read_policy(first, read=chain(MOST_FILES)).sources) == MOST_FILES
    with pytest.raises(PolicyRefused, match="too-large"):
        read_policy(first, read=chain(MOST_FILES + 1))


def test_a_circle_is_refused_by_the_names_of_its_files() -> None:
    round_and_round = folder({
        "../b/policy.yaml": "extends: ../c/policy.yaml",
        "../c/policy.yaml": "extends: ../b/policy.yaml",
    })  # fmt: skip
    layer = "extends: ../b/policy.yaml"
    (problem,) = problems(layer, round_and_round, head="")
    assert (problem.file, problem.line, problem.code) == ("c/policy.yaml", 1, "cycle")
    assert "b/policy.yaml extends c/policy.yaml extends b/policy.yaml" in problem.words
    (problem,) = problems("extends: ./policy.yaml", head="")
    assert problem.code == "cycle"


def test_all_the_files_together_are_bounded() -> None:
    note = "# " + "x" * (MOST_BYTES - 200) + "\n"
    files = {f"{n}.yaml": note + f"extends: {n + 1}.yaml" for n in range(6)}
    (problem,) = problems("extends: 0.yaml", folder(files), head="")
    assert problem.code == "too-large"
    assert "KB in all" in problem.words


def test_a_policy_that_would_be_too_large_to_keep_is_refused() -> None:
    many = "".join(f"  - {{text: {'x' * 1900}, clause: '1'}}\n" for _ in range(80))
    base = folder({"../base/policy.yaml": UP_THE_LINE + "principles:\n" + many})
    found = problems("principles:\n" + many, base)
    assert [p.code for p in found] == ["too-large"]
    assert found[0].file == NAME


# --- paths ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/etc/policy.yaml",
        "~/policy.yaml",
        "C:/policy.yaml",
        "file:policy.yaml",
        "https://policy.yaml",
        r"..\base\policy.yaml",
        '"a\\nb.yaml"',
        "'" + "x" * 300 + ".yaml'",
        "../base/secrets.txt",
        "../base",
        "''",
        "3",
        "[a.yaml]",
        "",
        "../" * (MOST_CLIMBED + 1) + "policy.yaml",
    ],
)
def test_only_a_policy_file_near_by_can_be_extended(path: str) -> None:
    asked: list[str] = []

    def read(path: str) -> bytes:
        asked.append(path)
        raise FileNotFoundError(path)

    (problem,) = problems(f"extends: {path}", read, head="title: x\n")
    assert (problem.line, problem.column, problem.code) == (2, 1, "bad-path")
    assert asked == []


@pytest.mark.parametrize(
    ("written", "asked", "called"),
    [
        ("../base/policy.yaml", "../base/policy.yaml", "base/policy.yaml"),
        ("./a/../b.yaml", "b.yaml", "here/b.yaml"),
        ("a//b.yaml", "a/b.yaml", "here/a/b.yaml"),
        ("../../b.yaml", "../../b.yaml", "../b.yaml"),
    ],
)
def test_a_path_is_asked_for_from_the_first_files_folder(
    written: str, asked: str, called: str
) -> None:
    found: list[str] = []

    def read(path: str) -> bytes:
        found.append(path)
        return UP_THE_LINE.encode()

    content = HEAD.replace("../base/policy.yaml", written).encode()
    assert read_policy(content, name=NAME, read=read).sources == (NAME, called)
    assert found == [asked]


def test_a_path_is_from_the_file_it_is_written_in() -> None:
    files = folder({"a/b/one.yaml": "extends: ../two.yaml", "a/two.yaml": UP_THE_LINE})
    content = HEAD.replace("../base/policy.yaml", "a/b/one.yaml").encode()
    found = gathered(content, name="/srv/x.yaml", read=files)
    assert found.sources == ("/srv/x.yaml", "/srv/a/b/one.yaml", "/srv/a/two.yaml")


def test_a_file_that_is_not_there_is_said_where_it_is_named() -> None:
    (problem,) = problems("", folder({}))
    assert (problem.file, problem.line, problem.code) == (NAME, 2, "no-such-file")
    assert "base/policy.yaml" in problem.words
    (problem,) = problems("", None)
    assert problem.code == "no-such-file"


# --- where faults stand --------------------------------------------------------------------------


def test_a_fault_stands_in_the_file_it_was_written_in() -> None:
    bad = UP_THE_LINE.replace("to: line, title: Go up at once", "to: lin, title: Go up at once")
    (problem,) = problems("", folder({"../base/policy.yaml": bad}))
    assert (problem.file, problem.code) == ("base/policy.yaml", "no-such-stage")
    assert "to: lin," in bad.split("\n")[problem.line - 1]
    (problem,) = problems("stages:\n  - id: workers\n    titel: x")
    assert (problem.file, problem.line, problem.column) == (NAME, 10, 5)
    assert (problem.code, "'title'" in problem.words) == ("unknown-key", True)


def test_faults_of_both_files_are_told_together() -> None:
    bad = UP_THE_LINE.replace("calendar: england-and-wales", "calendar: france")
    found = problems("closing: {confirm_limit: 3}", folder({"../base/policy.yaml": bad}))
    assert [(p.file, p.code) for p in found] == [
        ("base/policy.yaml", "wrong-value"),
        (NAME, "not-a-limit"),
    ]


def test_a_name_left_out_of_the_parent_is_missed_where_it_is_used() -> None:
    found = problems("leaves_out: [{rule: roles coordinator, why: There is none.}]")
    assert {(p.file, p.code) for p in found} == {("base/policy.yaml", "no-such-role")}


def test_a_layer_has_a_head_of_its_own() -> None:
    found = problems("extends: ../base/policy.yaml", head="")
    assert {p.words.split("'")[1] for p in found} == {
        "id", "title", "area", "edition", "published_by",
    }  # fmt: skip
    assert {(p.file, p.line, p.column) for p in found} == {(NAME, 1, 1)}


def test_text_that_cannot_be_read_is_shown_in_its_file() -> None:
    (problem,) = problems("", folder({"../base/policy.yaml": "a: 1\nb: 'x"}))
    assert (problem.file, problem.line, problem.code) == ("base/policy.yaml", 2, "not-yaml")
    (problem,) = problems("", folder({"../base/policy.yaml": "- a"}))
    assert (problem.file, problem.code) == ("base/policy.yaml", "not-a-policy")


def test_places_lead_to_the_file_that_said_it_last() -> None:
    places: Places = load("stages: [{id: workers, title: Ours}]").places
    assert places.at(("stages", "workers", "title")).file == NAME
    assert places.at(("stages", "workers", "clause")).file == "base/policy.yaml"
    assert places.at(("stages", "line")).file == "base/policy.yaml"
    assert places.at(("layers", 0, "title")).file == "base/policy.yaml"


def test_layers_are_written_by_nobody() -> None:
    (problem,) = problems("layers: []")
    assert (problem.line, problem.code) == (8, "own-layers")
    (problem,) = problems("after_id: x", head=UP_THE_LINE)
    assert problem.code == "unknown-key"


# --- what is kept --------------------------------------------------------------------------------


def test_a_file_that_extends_nothing_is_kept_as_it_is() -> None:
    content = ADVICE.encode()
    assert bundle(content) == content
    assert load_policy(content).edition == sha256(content).hexdigest()


def test_a_layered_policy_is_kept_as_one_file_that_says_the_same() -> None:
    layer = (
        "stages: [{id: workers, title: 'Who: what'}]\nleaves_out: [{rule: steps tell, why: No.}]"
    )
    loaded = load(layer)
    kept = bundle((HEAD + layer).encode(), name=NAME, read=BASE)
    assert kept == bundle((HEAD + layer).encode(), name=NAME, read=BASE)
    assert b"extends" not in kept
    assert load_policy(kept) == loaded.policy
    assert loaded.policy.edition == sha256(kept).hexdigest()
    assert bundle(kept) == kept


def test_what_is_kept_can_be_extended_in_its_turn() -> None:
    kept = bundle(HEAD.encode(), name=NAME, read=BASE).decode()
    head = HEAD.replace("id: here", "id: further")
    policy = read_policy(head.encode(), read=folder({"../base/policy.yaml": kept})).policy
    assert [x.id for x in policy.layers] == ["here", "up-the-line"]
