"""Keys of a test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from jobs.vault import keys


@pytest.fixture
def own_keys(tmp_path, monkeypatch) -> Iterator[Path]:
    """A folder for them, and none in the environment."""
    for name in ("GUANXI_TOKEN_KEY", "GUANXI_VAULT_KEY"):
        monkeypatch.delenv(name)
    keys.load.cache_clear()
    yield tmp_path / "keys"
    keys.load.cache_clear()
