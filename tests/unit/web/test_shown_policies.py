"""The policies the public pages show: single files and layered ones, and never one from outside."""

from pathlib import Path

from counterpart.web.public.policies import installed_policies
from tests.made_up import ONE_TALK, UP_THE_LINE

LAYER = """
extends: {}
id: here
title: Here
area: Here
published_by: Those here
edition: Ours
"""


def written(folder: Path, name: str, text: str) -> None:
    (folder / name).mkdir()
    (folder / name / "policy.yaml").write_text(text, encoding="utf-8")


def test_a_layered_policy_is_shown_beside_the_one_it_extends(tmp_path: Path) -> None:
    written(tmp_path, "base", UP_THE_LINE)
    written(tmp_path, "here", LAYER.format("../base/policy.yaml"))
    shown = installed_policies(tmp_path)
    assert list(shown) == ["here", "up-the-line"]
    assert [layer.id for layer in shown["here"].layers] == ["up-the-line"]


def test_a_policy_that_reaches_outside_the_folder_is_left_out_and_the_others_stay(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "policies"
    folder.mkdir()
    written(tmp_path, "outside", UP_THE_LINE)
    written(folder, "here", LAYER.format("../../outside/policy.yaml"))
    written(folder, "talk", ONE_TALK)
    assert list(installed_policies(folder)) == ["one-talk"]
