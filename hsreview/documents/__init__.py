"""Documents for readers: codebook, coded transcripts and reports as docx, html and markdown."""
