"""Contracts of the vault's tables, one file each. No SQL shows them; identity alone opens what they hold."""
