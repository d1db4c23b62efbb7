"""A task that writes the beginning of a result, as a worker does that is ended while it writes."""

import gc
import os
import struct
import time
from multiprocessing.queues import SimpleQueue
from pathlib import Path


def begin_a_result(done):
    """Announce a result of 1,000 bytes, write none of them, and go on for long; then the file `done` is there."""
    for queue in gc.get_objects():
        if type(queue) is SimpleQueue:
            os.write(queue._writer.fileno(), struct.pack("!i", 1000))
    Path(done).touch()
    time.sleep(600)
