"""How files come: any Excel file → Register."""
