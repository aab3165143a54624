"""Findings, monitoring rows, evidence, validation and recommendations."""
