"""The audiences that look-alikes are looked for: who has all of some tags of ``expectations/tags.py``. Add a line, and
the next training has it. A list of accounts is one too: ``bronze.marketing_audiences``.

Their tags are rules over what ``gold.customer_audience_features`` knows: by no other model, and by nothing that the
member file says of a person, which a model would then guess of others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from expectations.tags import BEGAN

#: Members who allow profiling; of fewer a model would tell of single persons, so nothing is learned, counted or shown.
FEWEST = 100


@dataclass(frozen=True)
class Audience:
    name: str
    chinese: str
    tags: tuple[str, ...]
    owner: str = "marketing"
    valid_from: date = BEGAN


AUDIENCES = (
    Audience("baby families", "母婴家庭", ("buys for a baby",)),
    Audience("offer hunters", "促销敏感客户", ("price sensitive",)),
    Audience("snack evenings", "夜宵零食客户", ("buys snacks", "likes the evening")),
)
