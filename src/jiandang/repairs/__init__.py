"""What can be mended in a register without judgement, and the copy of it that is mended."""
