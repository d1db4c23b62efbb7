"""The engine `lp`: an incremental search over prefixes of signs, decided by linear programs and cheaper proposals.

Floating point proposes here; `incremental_search` checks every witness and every circuit in integers.
"""
