"""The published result: its model, its assembly, its JSON Schemas."""
