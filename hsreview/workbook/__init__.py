"""Excel files: safe cells, sheets, and reading filled-in workbooks back."""
