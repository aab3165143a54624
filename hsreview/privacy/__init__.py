"""Consent, pseudonyms, keys and roles: the one place that says what may leave the project."""
