"""`counterpart partnership add` and `counterpart directory`, as the operator of a real installation runs them."""

import resource
import subprocess
from pathlib import Path

import pytest

from tests.integration.test_installation import ADA, a_real_one, counterpart
from tests.site import COUNTERPART

ROOT = Path(__file__).parents[2]
SAMPLES = [str(path) for path in sorted((ROOT / "docs" / "directory").glob("*.csv"))]
NORTHMERE = (
    "partnership", "add", "northmere", "--name", "Northmere Safeguarding Children Partnership",
    "--policy", str(ROOT / "policies" / "brent"), "--business-manager", "Helen Marsh",
    "--email", "Helen.Marsh@northmere.example",
)  # fmt: skip
LITTLE_MEMORY = 120 * 1024 * 1024


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An installation with Northmere in it and nothing more, which no test here may change."""
    return made_in(tmp_path_factory.mktemp("ready"))


@pytest.fixture
def fresh(tmp_path: Path) -> dict[str, str]:
    """The same, for a test of its own."""
    return made_in(tmp_path)


def made_in(folder: Path) -> dict[str, str]:
    environment = a_real_one(folder)
    assert counterpart(environment, *ADA).returncode == 0
    made = counterpart(environment, *NORTHMERE)
    assert made.returncode == 0, made.stderr
    return environment


def changed(arguments: tuple[str, ...], **options: str) -> list[str]:
    words = list(arguments)
    for option, value in options.items():
        words[words.index(f"--{option}") + 1] = value
    return words


def test_from_nothing_to_a_directory_without_any_python(
    fresh: dict[str, str], tmp_path: Path
) -> None:
    looked = counterpart(fresh, "directory", "import", *SAMPLES, "--dry-run")
    assert looked.returncode == 0, looked.stderr
    assert "This was a dry run. Nothing was changed." in looked.stdout
    assert "       9 posts added" in looked.stdout
    done = counterpart(fresh, "directory", "import", *SAMPLES)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("Done.\n")
    assert "Read people.csv: 10 rows" in done.stderr
    again = counterpart(fresh, "directory", "import", *SAMPLES)
    assert "The directory says all of this already. Nothing was changed." in again.stdout

    folder = tmp_path / "out"
    assert counterpart(fresh, "directory", "export", "-o", str(folder)).returncode == 0
    written = sorted(folder.glob("*.csv"))
    assert [path.name for path in written] == ["agencies.csv", "people.csv", "posts.csv"]
    assert "Helen Marsh,office" in (folder / "people.csv").read_text(encoding="utf-8-sig")
    back = counterpart(
        fresh, "directory", "import", *map(str, written), "--partnership", "northmere"
    )
    assert "24 rows unchanged" in back.stdout
    book = tmp_path / "out.xlsx"
    assert counterpart(fresh, "directory", "export", "-o", str(book)).returncode == 0
    assert book.read_bytes().startswith(b"PK")
    one = tmp_path / "posts.csv"
    assert counterpart(fresh, "directory", "export", "-o", str(one)).returncode == 0
    assert one.read_bytes() == (folder / "posts.csv").read_bytes()


def test_what_is_wrong_in_a_file_is_printed_and_nothing_is_changed(
    ready: dict[str, str], tmp_path: Path
) -> None:
    bad = tmp_path / "people.csv"
    bad.write_text("email,name,agency,post\nx,=A1,oak,t\n", encoding="utf-8")
    refused = counterpart(ready, "directory", "import", str(bad))
    assert refused.returncode == 1
    assert "Wrong: people.csv, row 2, email: “x” is not an email address." in refused.stdout
    assert "2 problems. Nothing was changed." in refused.stdout
    assert "Traceback" not in refused.stderr


def test_a_file_of_200_mb_is_refused_unread_in_little_memory(
    ready: dict[str, str], tmp_path: Path
) -> None:
    large = tmp_path / "people.csv"
    with large.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    refused = subprocess.run(
        [*COUNTERPART, "directory", "import", str(large)],
        env=ready,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        preexec_fn=_with_little_memory,
    )
    assert refused.returncode == 1
    assert "The file has 200 MB, and 20 MB is the most. Nothing in it was read." in refused.stderr


def _with_little_memory() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (LITTLE_MEMORY, LITTLE_MEMORY))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("import", "no-such.csv"), "there is no such file"),
        (("import", "."), "it is no ordinary file"),
        (("import", SAMPLES[0], "--partnership", "elsewhere"), "There are: northmere."),
        (("export", "-o", "things.csv"), "A CSV file holds one of three"),
        (("export", "-o", "/dev/null/x.xlsx"), "cannot be written"),
        (
            ("share", "oakfield", "--partnership", "northmere", "--with", "elsewhere"),
            "no partnership with the code",
        ),
    ],
)
def test_a_command_that_cannot_be_says_why(
    ready: dict[str, str], arguments: tuple[str, ...], words: str
) -> None:
    refused = counterpart(ready, "directory", *arguments)
    assert refused.returncode == 1
    assert words in refused.stderr
    assert "Traceback" not in refused.stderr


def test_two_partnerships_on_one_installation_share_only_what_is_shared(
    fresh: dict[str, str], tmp_path: Path
) -> None:
    assert counterpart(fresh, "directory", "import", *SAMPLES).returncode == 0
    second = changed(NORTHMERE, name="Southmere")
    second[2] = "southmere"
    made = counterpart(fresh, *second)
    assert made.returncode == 0, made.stderr
    which = counterpart(fresh, "directory", "export", "-o", str(tmp_path))
    assert (
        "Say which partnership with --partnership. There are: northmere, southmere." in which.stderr
    )
    shared = counterpart(
        fresh, "directory", "share", "police", "--partnership", "northmere", "--with", "southmere"
    )
    assert shared.returncode == 0, shared.stderr
    out = counterpart(
        fresh, "directory", "export", "-o", str(tmp_path), "--partnership", "southmere"
    )
    assert out.returncode == 0, out.stderr
    names = [
        (tmp_path / f"{kind}.csv").read_text(encoding="utf-8-sig")
        for kind in ("agencies", "people")
    ]
    assert "Northmere Police" in names[0]
    assert "Oakfield" not in names[0]
    assert "Ewan Laidlaw" in names[1]
    assert "Helen Marsh,office" in names[1]
    assert "Amara Osei" not in names[1]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"email": "helen"}, "--email: “helen” is not an email address"),
        ({"name": " "}, "--name must be 1 to 200 characters"),
        ({"policy": "no-such-policy"}, "there is no such file or folder"),
        ({}, "There is already a partnership with the code northmere."),
    ],
)
def test_a_partnership_that_cannot_be_is_not_half_made(
    ready: dict[str, str], tmp_path: Path, options: dict[str, str], words: str
) -> None:
    refused = counterpart(ready, *changed(NORTHMERE, **options))
    assert refused.returncode != 0
    assert words in refused.stderr
    assert "Traceback" not in refused.stderr
    assert counterpart(ready, "directory", "export", "-o", str(tmp_path)).returncode == 0
    assert len((tmp_path / "people.csv").read_text(encoding="utf-8-sig").splitlines()) == 2
