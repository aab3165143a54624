"""Readers of text formats: one module each, with `read(data, name, *, encoding)` returning a Source."""
