"""Work that is spread over an executor: tasks of bounded size, and the tasks that they leave open."""
