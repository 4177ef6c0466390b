"""`python -m jiandang`."""

from jiandang.cli import main

if __name__ == "__main__":  # processes that read files import this module again
    main()
