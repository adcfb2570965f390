"""Staff pages of received text messages."""
