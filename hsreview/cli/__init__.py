"""The command line: one file for each group of commands; heavy libraries are imported inside the commands."""
