"""What is remembered about a chat (dialogue, session, diary, reminders), and its stored form."""
