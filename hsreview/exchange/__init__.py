"""Packages between replicas, merging, and other programs' formats."""
