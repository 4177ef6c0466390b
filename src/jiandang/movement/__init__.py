"""Two registers of different dates: who is who, why somebody came or left, and the balances."""
