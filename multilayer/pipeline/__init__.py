"""What each command does between reading and printing."""
