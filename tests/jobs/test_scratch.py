"""Whose temporary files are swept, and whose are not."""

import os
import subprocess
import tempfile
from pathlib import Path

import pytest

from jobs import scratch


@pytest.fixture(autouse=True)
def the_suite_keeps_its_own(monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", tempfile.gettempdir())
    monkeypatch.setenv("TMPDIR", "/elsewhere")


def test_what_a_killed_process_left_is_swept_and_the_living_keep_theirs(tmp_path):
    gone = subprocess.Popen(["true"])
    gone.wait()
    left, others = tmp_path / str(gone.pid), tmp_path / str(os.getppid())
    for folder in (left, others):
        (folder / "blockmgr-1").mkdir(parents=True)
    assert scratch.use(tmp_path) == tmp_path / str(os.getpid())
    assert not left.exists() and (others / "blockmgr-1").exists()


def test_a_child_uses_the_folder_of_the_command_that_started_it(tmp_path, monkeypatch):
    parents = tmp_path / str(os.getppid())
    monkeypatch.setenv("TMPDIR", str(parents))
    assert scratch.use(tmp_path) == parents == Path(tempfile.gettempdir())
    assert [folder.name for folder in tmp_path.iterdir()] == [parents.name]
