"""The listing that a dataset says it holds."""

from arrangements.arrangement import Arrangement
from arrangements.errors import InputError, shown
from arrangements.first_layer.layer import check_width
from multilayer.store.listing import Listing, input_hash
from multilayer.store.pair_listing import PairListing
from multilayer.store.part_files import Json
from multilayer.store.region_listing import RegionListing


def listing_of(said: Json) -> Listing:
    """Make the listing of which a folder says that it holds it.

    Args:
        said: the content of its `_run.json`.

    Raises:
        InputError: it contradicts itself.
    """
    try:
        run, data = said["run"], said["input"]
        if input_hash(data) != run["sha256"]:
            raise InputError("_run.json: the table is not the one that its hash was made of")
        listing: Listing
        if run["kind"] == RegionListing.kind:
            listing = RegionListing(Arrangement.from_table(data["rows"], data["offsets"]), run["engine"])
        elif run["kind"] == PairListing.kind:
            listing = PairListing(Arrangement.from_table(data["rows"]), check_width(data["width"]))
        else:
            raise InputError(f"_run.json: kind {shown(run['kind'])} is not known here")
        if any(run[name] != value for name, value in listing.parameters.items()):
            raise InputError("_run.json: what is said of the run is not what is said of its input")
        return listing
    except (KeyError, TypeError) as error:
        raise InputError("_run.json: damaged; delete it, and run the same command again with --resume") from error
