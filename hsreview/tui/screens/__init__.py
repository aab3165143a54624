"""The screens of the workbench; each is imported when it is first opened."""
