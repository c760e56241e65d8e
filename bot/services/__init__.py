"""The services that every channel uses: conversation, groups, due messages, admin, counters, replicas."""
