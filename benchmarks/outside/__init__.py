"""Other people's exact tools, timed beside ours where they are installed: one script for each, run by its own interpreter."""
