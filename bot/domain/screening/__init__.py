"""What has to be answered before points may be shown, and which points those are."""
