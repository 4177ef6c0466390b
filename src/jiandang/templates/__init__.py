"""Empty registers and visit forms, made from the models and the code lists."""
