"""What a command answered: a report, or a refusal in one line."""

import json


def report(outcome):
    assert outcome.status == 0, outcome
    return json.loads(outcome.out)


def refused(outcome, *words, status=2):
    assert outcome.status == status, outcome
    assert outcome.out == ""
    assert outcome.err.startswith("multilayer: ")
    assert outcome.err.count("\n") == 1
    for word in words:
        assert word in outcome.err
