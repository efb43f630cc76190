"""The command, run as `python -m casebook.cli`."""

from casebook.cli import main

# A process that is started to print handouts reads this module too.
if __name__ == "__main__":
    main()
