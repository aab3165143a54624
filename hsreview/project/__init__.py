"""The project file: schema, content store, change log and replay, queries, search. Nobody else writes SQL."""
