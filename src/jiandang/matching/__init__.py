"""Who of a list is who in the register: by definite grades, never by probabilities."""
