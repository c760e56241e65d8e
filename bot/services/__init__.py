"""What every channel uses: the conversation, groups, due messages, admin, counters, replicas."""
