"""Names, cue phrases and suggestions found in text, with spaCy."""
