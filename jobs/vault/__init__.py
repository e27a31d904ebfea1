"""Personal data: as one value however it is written, hidden behind a token, sealed in the vault."""
