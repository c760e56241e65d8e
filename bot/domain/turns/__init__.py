"""One event in, replies out: the conversation as pure functions."""
