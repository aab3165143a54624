"""The transcript as the workbench handles it: layout, units, selection, codings, find. No Textual, no database."""
