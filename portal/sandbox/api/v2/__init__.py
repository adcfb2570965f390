"""The public routes, which services call with their API keys."""
