"""`multilayer report`: what the page of a certificate says, and that it says nothing that is not proven."""

import json
import re
from fractions import Fraction
from html.parser import HTMLParser

import pytest
from support.browser import chromium_browser, opened
from support.certificates.formats import earlier
from support.explorer_pages import DESKTOP, check_accessibility

from arrangements.exact.directed_rounding import text_above, text_below

pytest.importorskip("matplotlib", reason="pictures of functions need matplotlib")

TABLES = {
    "ramp": ("height,distance\n1,0.573\n0.6,0.495\n0.3,0.395\n0.1,0.253\n", ["--bias", "--beta", "0.001"]),
    "plane": ("a,b,y\n1,2,1\n2,-1,-1\n-1,3,0.5\n-2,-1,2\n", ["--beta", "0.05", "--width", "2"]),
    "space": ("a,b,c,y\n1,2,0,1\n2,-1,1,-1\n-1,3,1,0.5\n-2,-1,0,2\n", ["--beta", "0.1"]),
    "two": ("a,b,y,z\n1,2,1,0\n2,-1,-1,1\n-1,3,0.5,2\n", ["--beta", "0.1", "--target", "y", "--target", "z"]),
    "kinds": ("a,b,kind\n1,2,red\n2,-1,blue\n-1,3,red\n", ["--beta", "0.1", "--loss", "hinge"]),
    "weighted": ("a,b,n,y\n1,2,3,1\n2,-1,1/2,-1\n-1,3,1,0.5\n", ["--beta", "0.1", "--weights", "n"]),
    "nothing": ("a,b,y\n1,2,1\n2,-1,-1\n", ["--beta", "100"]),
    "<b>&": ("a&b,<i>,y\n1,2,1\n2,-1,-1\n", ["--beta", "0.1"]),
}
VOID = {"meta", "br", "line", "circle", "path", "use", "rect", "image", "link", "stop"}


@pytest.fixture
def certified(multilayer, tmp_path, monkeypatch):
    """Solve one of the tables, and write the page of its certificate."""
    monkeypatch.chdir(tmp_path)

    def make(name, *more):
        text, options = TABLES[name]
        (tmp_path / f"{name}.csv").write_text(text)
        width = [] if "--width" in options else ["--width", "1"]
        assert multilayer("solve", f"{name}.csv", *options, *width).status == 0
        done = multilayer("report", f"{name}.certificate.json", "--output", "page.html", "--json", *more)
        assert done.status == 0, done.err
        return json.loads(done.out), (tmp_path / "page.html").read_text()

    return make


class Nesting(HTMLParser):
    """Every element that is opened is closed, in order; what the page would fetch is noted."""

    def __init__(self):
        super().__init__()
        self.open, self.fetched = [], []

    def handle_starttag(self, tag, attrs):
        self.fetched += [
            value for name, value in attrs if name in ("src", "href") and not (value or "").startswith("#")
        ]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag, (tag, self.getpos())


@pytest.mark.parametrize("name", TABLES)
def test_a_page_is_whole_and_fetches_nothing(certified, name):
    report, text = certified(name)
    assert (report["kind"], report["explorer"], report["bytes"]) == ("optimum", True, len(text.encode()))
    reader = Nesting()
    reader.feed(re.sub(r"<\?xml.*?\?>|<!DOCTYPE svg.*?>", "", text, flags=re.DOTALL))
    assert reader.open == []
    assert not [address for address in reader.fetched if not address.startswith("data:")]


def test_both_bounds_as_fractions_and_rounded_outwards(certified, tmp_path):
    _, text = certified("plane", "--no-explorer")
    claim = json.loads((tmp_path / "plane.certificate.json").read_text())["claim"]
    lower, upper = Fraction(claim["lower"]), Fraction(claim["upper"])
    assert {f">{lower}</code>", f">{upper}</code>"} <= set(re.findall(r">[^<]*</code>", text))
    assert f">{text_below(lower)}</td>" in text
    assert f">{text_above(upper)}</td>" in text


def test_a_line_for_every_weight_that_is_not_zero(certified, tmp_path):
    _, text = certified("space", "--no-explorer")
    parts = json.loads((tmp_path / "space.certificate.json").read_text())["network"]["subnetworks"]
    weights = [value for part in parts for w in (*part["first"], part["second"], part["output"]) for value in w]
    drawing = next(svg for svg in re.findall(r"<svg.*?</svg>", text, re.DOTALL) if "sub-network 1" in svg)
    assert drawing.count("<line") == sum(value not in (0, "0") for value in weights)
    assert drawing.count('class="negative"') == sum(Fraction(value) < 0 for value in weights)


def test_names_stay_text(certified):
    _, text = certified("<b>&", "--no-explorer")
    assert "<b>" not in text
    assert "<h1>&lt;b&gt;&amp;</h1>" in text
    assert "a&amp;b" in text


def test_names_are_in_the_certificate_or_of_an_earlier_one_in_the_network_file(certified, multilayer, tmp_path):
    def again():
        assert multilayer("report", "plane.certificate.json", "--output", "page.html").status == 0
        return re.findall(r">(a|column 1)</th>", (tmp_path / "page.html").read_text())

    _, text = certified("plane", "--no-explorer")
    assert ">a</th>" in text
    certificate, network = tmp_path / "plane.certificate.json", tmp_path / "plane.network.json"
    beside = network.read_text()
    network.unlink()
    assert set(again()) == {"a"}
    certificate.write_text(json.dumps(earlier(json.loads(certificate.read_text()))))
    assert set(again()) == {"column 1"}
    network.write_text(beside)
    assert set(again()) == {"a"}


def test_classes_and_outputs_are_named(certified):
    _, text = certified("kinds", "--no-explorer")
    assert re.findall(r">(red|blue)</td></tr>", text) == ["red", "blue", "red"]
    _, text = certified("two", "--no-explorer")
    assert [">y</h3>" in text, ">z</h3>" in text] == [True, True]


def test_weights_of_rows_stand_beside_them(certified):
    _, text = certified("weighted", "--no-explorer")
    assert ">rows with weights</th>" in text
    assert re.findall(r">([0-9.]+)</td></tr>", text.partition(">weight</th>")[2])[:3] == ["3", "0.5", "1"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["braid:4"], ["All sign patterns of one ReLU layer", ">24<"]),
        (["shi:3"], ["16 regions"]),
        (["random:4,2,0", "--layer", "2"], ["two ReLU layers", "joint bound"]),
    ],
)
def test_certificates_of_counts(multilayer, tmp_path, monkeypatch, arguments, words):
    monkeypatch.chdir(tmp_path)
    assert multilayer("count", *arguments, "--certificate", "c.json").status == 0
    assert multilayer("report", "c.json", "--output", "page.html").status == 0
    text = (tmp_path / "page.html").read_text()
    assert all(word in text for word in words)


def test_a_forged_certificate_has_no_page(certified, multilayer, tmp_path):
    certified("plane", "--no-explorer")
    forged = json.loads((tmp_path / "plane.certificate.json").read_text())
    forged["claim"]["lower"] = str(Fraction(forged["claim"]["lower"]) * 101 / 100)
    (tmp_path / "forged.json").write_text(json.dumps(forged))
    done = multilayer("report", "forged.json", "--output", "none.html")
    assert done.status == 3
    assert "rejected: claim.lower" in done.err
    assert not (tmp_path / "none.html").exists()


def test_what_is_read_is_not_overwritten(certified, multilayer, tmp_path):
    certified("plane", "--no-explorer")
    before = (tmp_path / "plane.certificate.json").read_bytes()
    assert multilayer("report", "plane.certificate.json", "--output", "plane.certificate.json").status == 2
    assert multilayer("report", "plane.network.json", "--output", "page2.html").status in (2, 3)
    assert multilayer("report", "nowhere.json", "--output", "page2.html").status == 2
    assert (tmp_path / "plane.certificate.json").read_bytes() == before
    assert not (tmp_path / "page2.html").exists()


def test_the_page_fits_a_phone_and_a_desk_and_axe_finds_nothing(certified, tmp_path):
    certified("ramp", "--no-explorer")
    with chromium_browser() as browser:
        for width, scheme in ((390, "dark"), (1280, "light")):
            size = {"width": width, "height": 900}
            with opened(browser, tmp_path / "page.html", viewport=size, color_scheme=scheme) as page:
                assert page.evaluate("document.documentElement.scrollWidth") <= width
                check_accessibility(page)
        certified("ramp")
        with opened(browser, tmp_path / "page.html", **DESKTOP) as page:
            page.click(".explorer summary")
            assert page.frame_locator("iframe").locator("#region-count").inner_text() == "8"
