"""One user's act from start to end, composed of the rooms; the screens and the command line call these."""
