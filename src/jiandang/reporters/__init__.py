FORMATS = {"console": None, "json": None}
