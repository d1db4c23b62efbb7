"""Print the evidence of all claims, for the record: python -m multilayer.claims > multilayer/claims/record.json."""

import json

from multilayer.claims.referee import CLAIMS

print(json.dumps({claim.name: claim.evidence()._asdict() for claim in CLAIMS}, indent=1))
