"""DC 入户调查关: someone went there, the family signed, the figures hold together."""
