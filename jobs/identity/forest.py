"""Who is together, while more are joined."""

from __future__ import annotations


class Forest:
    """Disjoint sets of accounts, by their root."""

    def __init__(self) -> None:
        self.above, self.members = dict[str, str](), dict[str, set[str]]()

    def root(self, account: str) -> str:
        self.members.setdefault(account, {account}) if account not in self.above else None
        self.above.setdefault(account, account)
        while self.above[account] != account:
            self.above[account] = account = self.above[self.above[account]]
        return account

    def join(self, one: str, other: str) -> None:
        small, large = sorted((self.root(one), self.root(other)), key=lambda root: (len(self.members[root]), root))
        if small != large:
            self.above[small] = large
            self.members[large] |= self.members.pop(small)
