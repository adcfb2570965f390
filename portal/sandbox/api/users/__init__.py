"""People: accounts, sign-in, security keys, and the messages about them."""
