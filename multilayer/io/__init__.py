"""Reading tables, writing files, printing reports."""
