"""The workbench in the terminal: one registry of actions, screens and widgets."""
