"""Dates, counts, money, file sizes and statuses as people read them (Europe/London)."""
