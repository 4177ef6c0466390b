"""What a register is: one Pydantic model a table, each field with its heading and its cell type."""
