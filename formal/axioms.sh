#!/bin/sh
# Print the axioms that the theorems rest on; fail if one is not of Coq's real numbers, or if a proof is left open.
set -eu
cd "$(dirname "$0")"

if grep -nE '\b(Admitted|admit|Axiom|Parameter|Conjecture|Hypothesis .*: *False)\b' theories/*.v; then
    echo "a proof is left open, or something is assumed" >&2
    exit 1
fi

found=$(coqc -q -R theories Arrangements theories/Assumptions.v)
theorems=$(grep -c '^Print Assumptions' theories/Assumptions.v)
reports=$(printf '%s\n' "$found" | grep -cE '^(Axioms:|Closed under the global context)')
if [ "$theorems" != "$reports" ]; then
    echo "$theorems theorems, but $reports reports on what they rest on" >&2
    exit 1
fi

allowed='ClassicalDedekindReals\.(sig_forall_dec|sig_not_dec)|FunctionalExtensionality\.functional_extensionality_dep'

# in a report a name stands at the beginning of a line, what it states behind it or indented
others=$(printf '%s\n' "$found" | grep -vE '^( |Axioms:|Closed under|$)' | sed 's/ .*//' | sort -u |
    grep -vxE "$allowed" || true)
if [ -n "$others" ]; then
    echo "not an axiom of Coq's real numbers: $others" >&2
    exit 1
fi
printf '%s\n' "$found"
