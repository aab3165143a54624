"""What every room needs: errors, messages, folding, safe terminal text, ids, settings."""
