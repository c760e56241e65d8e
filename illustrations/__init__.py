"""Renders the pictures of the points. A build tool: nothing here is needed to run or to test the bot."""
