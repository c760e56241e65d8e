"""From a text to tokens: words, spelling, concepts, numbers, negation and time. The grammar is that of English."""
