"""`counterpart policy check`: what it prints for a policy that loads, and what it leaves with."""

from datetime import date
from pathlib import Path

import pytest

from counterpart.policy.checking import CATALOGUE, check
from counterpart.policy.loading import load_policy
from tests.casebook import BRENT_FILE, POLICIES
from tests.unit.cli.terminal import Terminal

DAY = ("--today", "2026-11-21")


def brent(folder: Path, old: str = "", new: str = "") -> Path:
    text = BRENT_FILE.read_text("utf-8")
    assert old in text
    file = folder / "policy.yaml"
    file.write_text(text.replace(old, new, 1) if old else text, "utf-8")
    return file


def test_every_finding_is_a_line_with_its_place_and_they_are_in_order(terminal: Terminal) -> None:
    answer = terminal.policy("check", BRENT_FILE, *DAY)
    findings = check(load_policy(BRENT_FILE.read_bytes()), today=date(2026, 11, 21))
    assert answer.code == 0
    assert len(answer.lines) == len({(f.where, f.code, f.words) for f in findings})
    places = []
    for line in answer.lines:
        place, code, severity, _ = line.split(" ", 3)
        file, row, column = place.rsplit(":", 2)
        assert file == BRENT_FILE.as_posix()
        assert code in CATALOGUE
        assert severity in ("warning", "note")
        places.append((int(row), int(column)))
    assert places == sorted(places)


def test_a_review_is_overdue_by_the_day_that_is_asked_about(terminal: Terminal) -> None:
    overdue = "brent/policy.yaml:"
    late = terminal.policy("check", BRENT_FILE, *DAY)
    early = terminal.policy("check", BRENT_FILE, "--today", "2017-01-01")
    assert overdue in late.out
    assert "review-overdue" in late.out
    assert "review-overdue" not in early.out


@pytest.mark.parametrize("day", ["tomorrow", "2026-02-31", "21/11/2026"])
def test_a_day_that_is_none_is_refused(day: str, terminal: Terminal) -> None:
    answer = terminal.policy("check", BRENT_FILE, "--today", day)
    assert (answer.code, answer.out) == (2, "")
    assert "write a day like 2026-11-21" in answer.err


def test_a_warning_leaves_with_0_unless_it_is_strict(terminal: Terminal) -> None:
    assert terminal.policy("check", BRENT_FILE, *DAY).code == 0
    assert terminal.policy("check", BRENT_FILE, *DAY, "--strict").code == 1


def test_a_count_in_words_comes_last(tmp_path: Path, terminal: Terminal) -> None:
    brent(tmp_path)
    (tmp_path / "other").mkdir()
    brent(tmp_path / "other", "published_by:", "publised_by:")
    answer = terminal.policy("check", tmp_path, *DAY)
    warnings = answer.out.count(" warning ")
    assert answer.code == 1
    assert answer.err.startswith(f"2 policies: 2 errors, {warnings} warnings")


def test_a_folder_means_every_policy_under_it_but_none_that_is_hidden(
    tmp_path: Path, terminal: Terminal
) -> None:
    for name in ("one", "two/deeper", ".hidden"):
        (tmp_path / name).mkdir(parents=True)
        brent(tmp_path / name)
    answer = terminal.policy("check", tmp_path, *DAY)
    files = {line.split(":")[0].removeprefix(f"{tmp_path.as_posix()}/") for line in answer.lines}
    assert files == {"one/policy.yaml", "two/deeper/policy.yaml"}
    assert answer.err.startswith("2 policies: ")


def test_a_file_named_twice_is_checked_once(terminal: Terminal) -> None:
    once = terminal.policy("check", BRENT_FILE, *DAY)
    assert terminal.policy("check", BRENT_FILE, BRENT_FILE, *DAY) == once


def test_what_stands_in_a_file_that_others_extend_is_told_once(
    tmp_path: Path, terminal: Terminal
) -> None:
    brent(tmp_path)
    layer = (
        "format: 1\nextends: ../policy.yaml\nid: {0}\ntitle: {0}\narea: {0}\n"
        "edition: First\npublished_by: Nobody\n"
    )
    for name in ("east", "west"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "policy.yaml").write_text(layer.format(name), "utf-8")
    answer = terminal.policy("check", tmp_path, *DAY)
    assert answer.err.startswith("3 policies: no errors, ")
    assert len(set(answer.lines)) == len(answer.lines)
    found = terminal.policy("check", tmp_path, *DAY, "--json").json["policies"]
    base = f"{tmp_path.as_posix()}/policy.yaml"
    east = next(one for one in found if one["file"].endswith("east/policy.yaml"))
    assert base in {finding["file"] for finding in east["findings"]}


def test_findings_in_json(tmp_path: Path, terminal: Terminal) -> None:
    file = brent(tmp_path)
    answer = terminal.policy("check", file, tmp_path / "nowhere", *DAY, "--json")
    assert answer.code == 2
    found = answer.json
    assert list(found) == ["policies", "unreadable", "errors", "warnings", "notes"]
    (policy,) = found["policies"]
    assert policy["file"] == file.as_posix()
    keys = ["file", "line", "column", "code", "severity", "clause", "words"]
    assert all(list(one) == keys for one in policy["findings"])
    assert found["unreadable"] == [
        f"{tmp_path.as_posix()}/nowhere cannot be read: there is no such file or folder."
    ]
    assert found["warnings"] == sum(one["severity"] == "warning" for one in policy["findings"])


def test_a_refused_policy_in_json_has_its_problems_as_findings(
    tmp_path: Path, terminal: Terminal
) -> None:
    brent(tmp_path, "published_by:", "publised_by:")
    answer = terminal.policy("check", tmp_path, "--json")
    assert (answer.code, answer.json["errors"]) == (1, 2)
    findings = answer.json["policies"][0]["findings"]
    assert {(one["severity"], one["clause"]) for one in findings} == {("error", None)}
    assert {one["code"] for one in findings} == {"missing", "unknown-key"}


def test_the_policies_of_this_project_have_no_errors(terminal: Terminal) -> None:
    assert terminal.policy("check", POLICIES).code == 0
