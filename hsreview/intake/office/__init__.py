"""Readers of word-processor files: Word (docx), OpenDocument (odt), rich text (rtf)."""
