"""Datasets of cells in folders of Parquet files: filled by runs that can be stopped at any moment, and read in batches.

columns         cells as columns, which other programs read without this one
part_files      one file of cells, with what it leaves open and a checksum
folder          which parts count, and what is left to do
listing         what is listed: `region_listing`, `pair_listing`; which of them a folder holds: `listings`
part_task       one task: some roots into one part;  enumeration  all tasks of a run;  filling  a run from begin to end
dataset         reading;  verification  checking that a dataset is whole
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
