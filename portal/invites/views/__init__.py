"""Staff pages of invitations and of requests to join."""
