"""The forms of signing in, of registering, and of a service's team."""
