#!/bin/sh
# Print the axioms that the theorems rest on; fail if one is not of Coq's real numbers, or if a proof is left open.
set -eu
cd "$(dirname "$0")"

if grep -nE '\b(Admitted|admit|Axiom|Parameter|Conjecture)\b' theories/*.v; then
    echo "a proof is left open, or something is assumed" >&2
    exit 1
fi

reals='ClassicalDedekindReals\.(sig_forall_dec|sig_not_dec)|FunctionalExtensionality\.functional_extensionality_dep'

# report FILE ALLOWED: what the theorems named in a file rest on
report() {
    found=$(coqc -q -R theories Arrangements "$1")
    theorems=$(grep -c '^Print Assumptions' "$1")
    reports=$(printf '%s\n' "$found" | grep -cE '^(Axioms:|Closed under the global context)')
    if [ "$theorems" != "$reports" ]; then
        echo "$1: $theorems theorems, but $reports reports on what they rest on" >&2
        exit 1
    fi
    # in a report a name stands at the beginning of a line, what it states behind it or indented
    others=$(printf '%s\n' "$found" | grep -vE '^( |Axioms:|Closed under|$)' | sed 's/ .*//' | sort -u |
        grep -vxE "$2" || true)
    if [ -n "$others" ]; then
        echo "not an axiom of Coq's real numbers: $others" >&2
        exit 1
    fi
    printf '%s:\n%s\n' "$1" "$found"
}

report theories/Assumptions.v "$reals"
# the logarithm of Coq's library of real numbers is defined by excluded middle
report theories/AssumptionsLogistic.v "$reals|Classical_Prop\.classic"
