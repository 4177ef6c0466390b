"""What must hold: the five gates (五关), one file a gate, one short function a rule."""
