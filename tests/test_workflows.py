"""The workflows: who may do what, what is pinned, and how text that cannot be trusted is shown; and the forms."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tests.support import ROOT

from casebook.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
TOPICS = ROOT / "schema" / "vocabularies" / "topics.yml"
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")
by_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
by_form = pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
# Rights to write, by workflow; all others can only read.
WRITES = {"comment": {"pull-requests"}, "publish": {"pages", "id-token"}, "check": set()}


def loaded(path: Path) -> Any:
    """Return a YAML file; the loader reads the key `on` as true."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the steps of all jobs of a workflow."""
    for job in loaded(path)["jobs"].values():
        yield from job["steps"]


def script(workflow: str, name: str) -> str:
    """Return the commands of the step with a name."""
    path = GITHUB / "workflows" / f"{workflow}.yml"
    return next(str(step["run"]) for step in steps(path) if step.get("name") == name)


def bash(commands: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the commands of a step as a runner does."""
    env = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", **settings}
    return subprocess.run(
        ["bash", "-e", "-c", commands], cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False
    )


@by_workflow
def test_actions_are_pinned(path: Path) -> None:
    """Each action is one of GitHub's own, at a commit, with its version in a comment for people."""
    for used in re.findall(r"uses: (.+)", path.read_text(encoding="utf-8")):
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", used)


@by_workflow
def test_rights_are_few(path: Path) -> None:
    """A workflow names its rights at the top, where nothing may be written, and a job only those that it needs."""
    workflow = loaded(path)
    assert workflow["permissions"] in ({}, {"contents": "read"})
    rights = [right for job in workflow["jobs"].values() for right in job.get("permissions", {}).items()]
    assert {name for name, level in rights if level == "write"} == WRITES[path.stem]


@by_workflow
def test_no_rights_for_code_of_others(path: Path) -> None:
    """No workflow gives rights to code of a fork, keeps its token on the disk, or writes foreign text into a script."""
    assert "pull_request_target" not in path.read_text(encoding="utf-8")
    for step in steps(path):
        assert "${{" not in step.get("run", "")
        if step.get("uses", "").startswith("actions/checkout@"):
            assert path.stem != "comment"
            assert step["with"]["persist-credentials"] is False


def test_the_two_steps_fit() -> None:
    """The second workflow follows the first by its name."""
    first, second = (loaded(GITHUB / "workflows" / f"{name}.yml") for name in ("check", "comment"))
    assert second[True]["workflow_run"]["workflows"] == [first["name"]]


@pytest.mark.parametrize("number", ["", "0", "12a", "1\n2", "$(id)", "1;id", "../1", "-1", "1234567890123"])
def test_the_number_is_a_number(number: str, tmp_path: Path) -> None:
    """What is not a number ends the step before anything is asked with it."""
    (tmp_path / "result").mkdir()
    (tmp_path / "result" / "number").write_text(number, encoding="utf-8")
    done = bash(script("comment", "Number of the pull request"), tmp_path, REPOSITORY="a/b", HEAD="c")
    assert (done.returncode, done.stdout, done.stderr) == (1, "not a number\n", "")


def test_text_of_others_stays_text(tmp_path: Path) -> None:
    """Each line that a pull request wrote is indented, so that Markdown shows it as it is; only LF ends a line."""
    hostile = b"@all <script>\n```\n# a\r\r@b\n\n<!--\n\x1b[31m\x00caf\xc3\xa9 \xff\n"
    (tmp_path / "result").mkdir()
    for name in ("findings", "similar"):
        (tmp_path / "result" / name).write_bytes(hostile + b"x" * 50000)
    done = bash(script("comment", "Text of the comment"), tmp_path, RUN_URL="https://github.com/a/b/actions/runs/1")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "body.md").read_bytes().decode("utf-8")
    assert "    @all <script>\n    ```\n    # a@b\n    \n    <!--\n    [31mcafé \n    xxx" in text
    own = [line for line in text.split("\n") if line and not line.startswith("    ")]
    assert [line[:12] for line in own] == ["<!-- caseboo", "**Findings o", "**Changed it", "This comment"]
    assert len(text) < 65536


def test_a_link_is_no_result(tmp_path: Path) -> None:
    """A link in the result, which could lead to a secret, ends the step."""
    (tmp_path / "result").mkdir()
    (tmp_path / "result" / "findings").symlink_to("/proc/self/environ")
    check = script("comment", "Download the result").splitlines()[-1]
    assert bash(check, tmp_path).stdout == "not plain files\n"


def test_labels_name_every_kind() -> None:
    """Each kind of item has a label, and topics are read where they stand."""
    labels = script("comment", "Labels")
    assert all(f"'^cases/{kind.folder}/'" in labels for kind in KINDS)
    known = re.findall(r"^  - id: ([a-z0-9-]*)$", TOPICS.read_text(encoding="utf-8"), re.MULTILINE)
    assert known == [term["id"] for term in loaded(TOPICS)["terms"]]


@by_form
def test_forms_begin_with_safety(path: Path) -> None:
    """A form has a name, a description and fields with ids, and begins and ends with safety."""
    form = loaded(path)
    assert form["name"]
    assert form["description"]
    first, *fields = form["body"]
    assert first["type"] == "markdown"
    assert "public" in first["attributes"]["value"].split("\n")[0]
    assert "Nothing sensitive" in first["attributes"]["value"]
    assert fields[-1]["type"] == "checkboxes"
    assert fields[-1]["attributes"]["options"][0]["required"] is True
    ids = [field["id"] for field in fields]
    assert len(set(ids)) == len(ids)
    assert all(field["attributes"]["label"] for field in fields)


def test_forms_are_the_only_way() -> None:
    """There is a form for each reason to write, and no issue without one."""
    assert [path.stem for path in FORMS] == ["case", "correction", "question"]
    assert loaded(GITHUB / "ISSUE_TEMPLATE" / "config.yml")["blank_issues_enabled"] is False


def test_the_template_has_the_checklist() -> None:
    """A pull request is asked about safety first, then sources, the check, and who has read it."""
    text = (GITHUB / "pull_request_template.md").read_text(encoding="utf-8")
    places = [text.index(word) for word in ("## Safety first", "names its source", "`casebook check`", "## Review")]
    assert places == sorted(places)


def test_nobody_is_named_who_is_not_there() -> None:
    """CODEOWNERS names nobody until the owner of the repository does."""
    lines = (GITHUB / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    assert all(line.startswith("#") for line in lines)


def test_gitlab_does_the_same() -> None:
    """The jobs of GitLab check, build a preview, test, and publish the main branch alone."""
    jobs = loaded(ROOT / ".gitlab-ci.yml")
    assert {"check", "similar", "test", "pages"} <= set(jobs)
    assert jobs["check"]["artifacts"]["reports"] == {"codequality": "build/codequality.json"}
    assert jobs["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]


@pytest.mark.parametrize("name", [".pre-commit-config.yaml", ".pre-commit-hooks.yaml"])
def test_hooks(name: str) -> None:
    """Both files of hooks have the check of the items, for the same files."""
    data = loaded(ROOT / name)
    hooks = data["repos"][0]["hooks"] if isinstance(data, dict) else data
    check = next(hook for hook in hooks if hook["id"] == "casebook-check")
    assert check["entry"].endswith("casebook check")
    assert re.search(check["files"], "cases/case-studies/a.md")
