"""The words of hsreview as frozen dataclasses, and their rules. Standard library only."""
