"""Tokens in accounts that people may have written down before the key that makes tokens was changed."""

from dataclasses import replace

from expectations.contract import Column, Table
from expectations.vault.personal_values import personal_values

former_tokens = Table(
    name="vault.former_tokens",
    description="What stands now for a token of an earlier key. Who has that key alone finds nothing in it.",
    grain="one row per token of an earlier key that an account was called by",
    owner="privacy",
    key=("holds", "token"),
    write="current",
    columns=(
        Column("holds", "string", "former token.", required=True),
        replace(personal_values.column("token"), description="Keyed digest of the earlier token."),
        replace(personal_values.column("sealed"), description="The earlier token: nonce and ciphertext."),
        personal_values.column("key_name"),
        Column("now", "string", "The token in its place.", required=True, personal="pseudonymous"),
    ),
)
