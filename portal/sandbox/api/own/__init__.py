"""The sandbox's own pages, for people with a browser and for programs."""
