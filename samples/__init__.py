"""Landing zones to try the house on."""
