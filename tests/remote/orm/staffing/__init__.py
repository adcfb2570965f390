"""An invented domain: people in teams, and a paged log of shifts."""
