"""Pages about letters: those that came back, and those that people upload."""
