"""What a lake holds and the house cannot read is refused with a sentence."""

ANEW = "Give GUANXI_LAKE a new folder; a run makes everything again from landing."


class LayoutError(Exception):
    """A table in the lake is not laid out as the house lays out its tables."""
