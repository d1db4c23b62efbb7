"""The command line as `python -m multilayer`."""

from multilayer.cli import main

if __name__ == "__main__":
    main()
