"""How long an hour and a day are, in seconds: answers are kept for an hour (S-30), a red flag for a day (S-12)."""

HOUR = 3600.0
DAY = 24 * HOUR
WEEK = 7 * DAY
