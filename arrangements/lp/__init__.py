"""The engine by linear programs: a search over sign prefixes, its HiGHS model, and points proposed without a program.

Floating point proposes here; `incremental_search` checks every witness and every circuit in integers.
"""
