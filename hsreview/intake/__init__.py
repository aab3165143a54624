"""One reader for each file format, from a file to a staged transcript: encodings, speakers, sentences, words."""
