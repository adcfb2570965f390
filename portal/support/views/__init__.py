"""The pages of asking for help."""
