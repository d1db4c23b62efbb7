"""Other people's exact tools, timed beside ours where they are installed, each by its own interpreter."""
