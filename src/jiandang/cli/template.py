def template() -> int:
    return 0
