"""Files → Report, on however many processes."""
