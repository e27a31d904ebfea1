"""The vault: every personal value that came, once, sealed. The lake outside it holds tokens."""

from expectations.contract import Column, Table

personal_values = Table(
    name="vault.personal_values",
    description="Personal values, sealed (AES-256-GCM); the other tables hold their tokens. No SQL shows it.",
    grain="one row per value and what it is",
    owner="privacy",
    key=("holds", "token"),
    write="current",
    columns=(
        Column("holds", "string", "What it is: name, phone, email, address, birthday, payment_card.", required=True),
        Column("token", "string", "What stands for it in the other tables.", required=True, personal="pseudonymous"),
        Column("sealed", "binary", "Nonce and ciphertext.", required=True, personal="direct"),
        Column("key_name", "string", "Which of the vault's keys sealed it; the key lies elsewhere.", required=True),
    ),
)
