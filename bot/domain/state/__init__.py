"""What is remembered of a chat: dialogue, session, diary, reminders, and their stored form."""
