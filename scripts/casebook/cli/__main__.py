"""The command, run as `python -m casebook.cli`."""

from casebook.cli import main

main()
