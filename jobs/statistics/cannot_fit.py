"""What a fit refuses."""


class CannotFit(ValueError):
    """The data are too few, or impossible; the message says which, and holds no value of a customer."""
