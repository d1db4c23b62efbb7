"""Run the command line: `python -m multilayer`, and the command `multilayer`."""

import signal


def run() -> None:
    """Import the command line and run it; Ctrl-C while it is imported ends the process without a traceback."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from multilayer.cli import main

    main()


if __name__ == "__main__":
    run()
