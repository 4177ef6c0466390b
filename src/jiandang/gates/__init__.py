"""What must hold: the five gates (五关), a folder a gate, one short function a rule."""
