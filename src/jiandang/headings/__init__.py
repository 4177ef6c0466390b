"""What a heading means: the column that its text names, its unit, the list or step it speaks of."""
