"""`counterpart policy bundle`, as the person who brings a policy to an installation meets it."""

from pathlib import Path

from counterpart.policy.loading import load_policy
from tests.casebook import BRENT_FILE, POLICIES
from tests.unit.cli.terminal import Terminal

LAYERED = POLICIES / "west-berkshire"


def test_a_layered_policy_becomes_one_file_that_loads_by_itself(
    tmp_path: Path, terminal: Terminal
) -> None:
    there = tmp_path / "west-berkshire.yaml"
    answer = terminal.policy("bundle", LAYERED, "-o", there, "--json")
    assert answer.code == 0
    policy = load_policy(there.read_bytes())
    assert (policy.id, policy.edition) == ("west-berkshire", answer.json["edition"])
    assert [layer.id for layer in policy.layers] == ["pan-berkshire"]


def test_a_policy_that_extends_nothing_comes_out_as_it_is(
    tmp_path: Path, terminal: Terminal
) -> None:
    there = tmp_path / "brent.yaml"
    assert terminal.policy("bundle", BRENT_FILE, "-o", there).code == 0
    assert there.read_bytes() == BRENT_FILE.read_bytes()


def test_it_is_printed_where_no_file_is_named(terminal: Terminal) -> None:
    answer = terminal.policy("bundle", LAYERED)
    assert answer.code == 0
    assert load_policy(answer.out.encode()).id == "west-berkshire"


def test_a_file_that_cannot_be_written_is_said_in_words(tmp_path: Path, terminal: Terminal) -> None:
    answer = terminal.policy("bundle", LAYERED, "-o", tmp_path / "no" / "such" / "folder.yaml")
    assert answer.code == 1
    assert "cannot be written" in answer.err
