"""The repository: one list of dependencies, working scripts, correct project files."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import yaml

from tests.conftest import PLACE

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
TEXTS = [
    name for name in TRACKED if Path(name).suffix in {".md", ".py", ".toml", ".txt", ".yml", ".json", ".js", ".css"}
]


def test_conda_users_get_the_same_dependencies():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    python, rest = environment[0], set(environment[1:]) - {"pip"}
    assert python == "python" + PROJECT["project"]["requires-python"]
    assert rest == set(PROJECT["project"]["dependencies"])


def test_every_dependency_is_pinned_without_an_address():
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()[1:]
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9.+!]+", line) for line in pins)
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in pins}
    groups = [item for group in PROJECT["dependency-groups"].values() for item in group if isinstance(item, str)]
    wanted = {re.split(r"[<>=\[]", item)[0] for item in (*PROJECT["project"]["dependencies"], *groups)}
    assert wanted <= pinned


def test_files_that_are_begun_first_are_there():
    assert [path.name for path in PLACE if not path.is_file()] == []


def test_scripts_are_sound():
    scripts = [path for path in (ROOT / "scripts").iterdir() if path.is_file() and not path.suffix]
    assert len(scripts) > 10
    for path in (*scripts, ROOT / ".ci" / "run"):
        assert os.access(path, os.X_OK), path
        subprocess.run(["bash", "-n", str(path)], check=True)


def test_ci_runs_the_commands_of_the_readme():
    readme, ci = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", ".ci/run"))
    for command in ("scripts/test", "scripts/check"):
        assert command in readme
        assert re.search(rf"^(?:step \w+ )?{command}$", ci, re.MULTILINE)


def test_every_package_is_typed():
    assert all((ROOT / package / "py.typed").is_file() for package in ("geo", "layers", "maps"))


def test_licences_of_the_distribution_ship():
    for licence in re.findall(r"[A-Za-z0-9.-]+", PROJECT["project"]["license"].replace(" AND ", " ")):
        if licence != "BSD-3-Clause":  # that one is LICENSE itself
            assert (ROOT / "LICENSES" / f"{licence}.txt").is_file()


def test_no_address_of_a_registry_and_no_path_of_a_machine():
    hosts = ["pypi" + ".org", "pythonhosted" + ".org", "registry.npmjs" + ".org", "deb.debian" + ".org"]
    words = (*hosts, "/work" + "/main", "/root" + "/")
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in TEXTS}
    assert [(name, word) for name, text in texts.items() for word in words if word in text] == []


def test_the_version_stands_in_one_place_and_is_cited():
    import geo

    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == geo.__version__
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "geo/_version.py"


def test_the_workflow_runs_what_the_readme_names():
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert ".ci/run" in workflow
    assert "scripts/test --fast" in workflow
