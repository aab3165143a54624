"""hsreview: code interviews by keyboard, compare coders, take theme matrices to Excel."""

__version__ = "0.1.0"
