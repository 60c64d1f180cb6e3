"""`counterpart demo` from its start to Ctrl-C."""

import socket
import subprocess
from pathlib import Path

from tests import site as sites
from tests.site import COUNTERPART


def test_ctrl_c_stops_every_part_and_a_second_run_keeps_what_was_entered(
    demonstration_home: Path, tmp_path: Path
) -> None:
    home = sites.copied(demonstration_home, tmp_path / "home")
    before = (home / "seeded").stat().st_mtime_ns
    with sites.demonstration(home) as running:
        port = int(running.address.rpartition(":")[2])
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
    assert str(home) not in _command_lines()
    assert (home / "seeded").stat().st_mtime_ns == before


def test_a_port_that_is_taken_is_said_plainly_with_what_to_type_instead(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = _demo("--home", str(tmp_path / "home"), "--port", str(port))
    assert refused.returncode == 1
    assert f"make demo PORT={port + 1}" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_folder_that_holds_something_else_is_never_thrown_away(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("keep me")
    port = str(sites.free_port())
    refused = _demo("--home", str(tmp_path), "--port", port, "--reset")
    assert refused.returncode == 1
    assert (tmp_path / "letter.txt").read_text() == "keep me"


def _demo(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COUNTERPART, "demo", *arguments], capture_output=True, text=True, check=False, timeout=180
    )


def _command_lines() -> str:
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    return listed.stdout
