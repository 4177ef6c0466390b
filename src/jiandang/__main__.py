"""`python -m jiandang`."""

from jiandang.cli import main

main()
