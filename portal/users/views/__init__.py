"""Pages of signing in, signing out and choosing where to go."""
