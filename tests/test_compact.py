"""A chart in few bytes looks as before, and stands in an address that holds nothing else."""

import base64
import re
from html.parser import HTMLParser
from io import BytesIO, StringIO
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
import typst
from matplotlib.image import imread
from test_charts import PATH, RISE, drawn

from gsanalysis import charts
from gsanalysis.charts import theme
from gsanalysis.charts.compact import FINE, compact, decimal, relative_path
from gsanalysis.exporters import images

SEEN = 0.0005
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def written():
    """A chart as matplotlib writes it."""
    figure, out = drawn(PATH, RISE), StringIO()
    with theme.look():
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue()


@pytest.fixture(scope="module")
def short():
    return charts.svg(drawn(PATH, RISE))


def pixels(svg, tmp_path):
    (tmp_path / "chart.svg").write_text(svg)
    (tmp_path / "page.typ").write_text(
        '#set page(width: 300pt, height: 140pt, margin: 0pt)\n#image("chart.svg")'
    )
    return imread(BytesIO(typst.compile(tmp_path / "page.typ", format="png", ppi=144)))[..., :3]


def changed(before, after):
    """The share of the pixels that are clearly another colour."""
    return (abs(before - after).max(axis=2) > 0.5).mean()


def test_a_compact_chart_is_less_than_half_as_long(written, short):
    assert compact(written) == short
    assert len(short) < 0.45 * len(written)


def test_a_compact_chart_looks_as_before(written, short, tmp_path):
    before, after = pixels(written, tmp_path), pixels(short, tmp_path)
    assert before.shape == after.shape
    assert abs(before - after).mean() < 0.001
    assert changed(before, after) < SEEN


def test_the_check_of_pixels_sees_a_line_that_moved_by_half_a_point(written, short, tmp_path):
    moved = re.sub(r"<path d='m([\d.]+),", lambda found: f"<path d='m{float(found[1]) + 0.5:.2f},", short)
    before, after = pixels(written, tmp_path), pixels(moved, tmp_path)
    assert changed(before, after) > SEEN


def test_a_compact_chart_holds_nothing_that_draws_nothing(short):
    root = ElementTree.fromstring(short)
    assert {element.tag for element in root.iter()} <= {
        f"{SVG}{name}" for name in ("svg", "g", "defs", "path", "use", "clipPath", "rect")
    }
    named = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
    links = set(re.findall(r"#([\w-]+)(?='|\))", short))
    assert named == {link for link in links if not re.fullmatch("[0-9a-f]{6}", link)}
    assert not [path for path in root.iter(f"{SVG}path") if not path.get("d")]
    assert not re.findall(r"\d\.\d{3}", re.sub(r"scale\([^)]*\)", "", short))


def test_a_glyph_has_the_same_name_in_every_chart():
    """Two charts may stand in one document, where a name counts once."""
    one, other = (ElementTree.fromstring(charts.svg(drawn(PATH, rows))) for rows in (RISE, RISE.iloc[:2]))
    glyphs = [
        {e.attrib["id"]: e.get("d") for e in root.iter(f"{SVG}path") if "id" in e.attrib}
        for root in (one, other)
    ]
    shared = glyphs[0].keys() & glyphs[1].keys()
    assert len(shared) > 10
    assert all(glyphs[0][name] == glyphs[1][name] for name in shared)


def test_a_path_is_told_in_steps_whose_errors_do_not_add_up():
    stairs = "M 0 0 \n" + "".join(f"L {0.004 * n} {0.006 * n} \n" for n in range(1, 101))
    steps = [(0, 0)]
    for letter, numbers in re.findall(r"([lhv])([-.\d,]*)", relative_path(stairs, FINE)):
        values = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        pairs = {
            "l": list(zip(values[::2], values[1::2], strict=False)),
            "h": [(v, 0) for v in values],
            "v": [(0, v) for v in values],
        }
        steps += pairs[letter]
    assert sum(x for x, _ in steps) == pytest.approx(0.4)
    assert sum(y for _, y in steps) == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("M 1 2 \nL 3 2 \nL 3 5 \nz\n", "m1,2h2v3z"),
        ("M 1.009 -2.009 \nL 1.991 0 \n", "m1.01-2.01l.98,2.01"),
        ("M 1 2 \nL 1.004 2 \nM 0 0 \nM 5 5 \n", "m1,2h0m-1-2m5,5"),
        ("M 0.5 0 \nQ 1 1 2 0 \nQ 3 -1 4 0 \nz\nM 1 1 \n", "m.5,0q.5,1,1.5,0,1-1,2,0zm.5,1"),
        ("M 0 0 \nC 1 0 1 1 0.25 1 \n", "m0,0c1,0,1,1,.25,1"),
    ],
)
def test_a_path_keeps_its_places(path, short):
    assert relative_path(path, FINE) == short


def test_a_number_says_no_more_than_it_must():
    assert [decimal(n) for n in (0.5, -0.5, 12.30, -0.001, 3, 100)] == [".5", "-.5", "12.3", "0", "3", "100"]


@pytest.mark.parametrize(
    "found", ["<text x='1'>A</text>", "<path d='M 0 0 A 1 1 0 0 1 2 2'/>", "<g transform='rotate(9)'/>"]
)
def test_a_picture_that_holds_something_unknown_stays_as_it_is(found):
    picture = (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='9pt' height='9pt' viewBox='0 0 9 9'>{found}</svg>"
    )
    assert compact(picture) == picture


class _Images(HTMLParser):
    def handle_starttag(self, tag, attrs):
        self.found = dict(attrs)


def attribute(address):
    """An address as a browser reads it from an attribute."""
    reader = _Images()
    reader.feed(f'<img src="{address}" alt="A">')
    assert set(reader.found) == {"src", "alt"}
    return reader.found["src"]


def test_the_address_of_a_chart_is_shorter_than_base64_and_gives_it_back(short):
    image = images.svg(short)
    address = attribute(image.address)
    assert address.startswith("data:image/svg+xml,")
    assert unquote(address.removeprefix("data:image/svg+xml,")) == short
    assert len(address) < len(base64.b64encode(image.data))
    assert re.fullmatch(r"[\w!$'()*+,\-./:;=?@~%]*", address)


def test_an_address_breaks_out_of_no_attribute():
    picture = "<svg xmlns='http://www.w3.org/2000/svg'><title>\" onload=\"x() &amp;quot; ' é</title></svg>"
    address = attribute(images.svg(picture).address)
    encoded = address.removeprefix("data:image/svg+xml")
    data = base64.b64decode(encoded[8:]).decode() if encoded.startswith(";base64,") else unquote(encoded[1:])
    assert data == picture


def test_a_picture_that_is_mostly_marks_is_written_in_base64():
    picture = f"<svg xmlns='http://www.w3.org/2000/svg'><desc>{'é' * 500}</desc></svg>"
    assert images.svg(picture).address.startswith("data:image/svg+xml;base64,")
