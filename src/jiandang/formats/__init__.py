"""File → Grid: one file a format, its guard and its reading side by side."""
