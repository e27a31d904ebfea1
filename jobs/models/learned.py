"""What every registered model can do."""

from __future__ import annotations

from typing import Any, Self


class Learned:
    def following(self, champion: Any) -> Self:  # noqa: ARG002
        """The same model, for whom it says the same; what has labels takes over those of the champion."""
        return self
