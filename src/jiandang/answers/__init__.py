"""What people filled in (核实) is read back: replies from files, and Report → Report."""
