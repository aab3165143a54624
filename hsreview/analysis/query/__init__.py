"""The query language: a small expression picks codings of one layer. Its grammar is documented in docs/queries.*.md."""
