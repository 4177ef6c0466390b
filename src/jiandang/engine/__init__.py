"""How rules run: rules, derived columns, silence, findings. It names no rule."""
