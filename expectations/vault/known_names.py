"""The names that the vault knows, as digests: a text is searched for them without opening it."""

from expectations.contract import Column, Table

known_names = Table(
    name="vault.known_names",
    description="Ways to write the names of the vault, as digests (BLAKE2b with the key that makes tokens).",
    grain="one row per way to write a name, or a part of one",
    owner="privacy",
    key=("digest",),
    write="current",
    columns=(
        Column("digest", "long", "64 bits that tell nothing without the key.", required=True, personal="pseudonymous"),
    ),
)
