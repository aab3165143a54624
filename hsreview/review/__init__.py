"""Assignments, the settling of disagreements, and the consensus layer."""
