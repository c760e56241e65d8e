"""From tokens to what a text says: warning signs, complaints, points, facts and answers."""
