"""Codebooks as YAML files and in the model: reading, checking with line numbers, versions and differences."""
