"""Staff pages of the service itself."""
