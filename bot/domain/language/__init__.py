"""From a text to tokens: words, spelling, concepts, numbers, negation and time. One language's grammar."""
