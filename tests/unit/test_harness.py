"""The strict page: what it refuses, and what it reads like a browser."""

import pytest

from tests.harness.page import InvalidPage, Page, parse

PAGE = """<!doctype html>
<html lang="en"><head><title>Vera answers</title></head>
<body><h1>Sites</h1>
<p>Two   sites.<script>var hidden = 1</script></p><a href="/next">Next <b>page</b></a>
<form action="/save" method="post">
<label for="a">Name</label><input id="a" name="name" value="Ada">
<input type="checkbox" name="yes" value="1" checked><input type="checkbox" name="no" value="1">
<select name="one"><option value="x">X</option><option value="y" selected>Y</option></select>
<select name="first"><option>Riga</option><option>Cesis</option></select>
<select name="many" multiple><option selected>1</option><option selected>2</option></select>
<textarea name="text">
line</textarea><input type="file" name="file"><input name="off" disabled value="z">
<button name="go" value="on">Save and go on</button><button type="button">Add row</button>
</form></body></html>
"""


def test_a_page_reads_like_in_a_browser() -> None:
    page = Page(PAGE, "/here")
    assert (page.title, page.heading) == ("Vera answers", "Sites")
    assert page.text.startswith("Sites Two sites. Next page Name")
    assert "hidden" not in page.text
    assert page.link("Next page") == "/next"


def test_a_form_holds_what_a_browser_would_send() -> None:
    form = Page(PAGE, "/here").form_with("Save and go on")
    assert form.values() == {
        "name": ["Ada"],
        "yes": ["1"],
        "no": [],
        "one": ["y"],
        "first": ["Riga"],
        "many": ["1", "2"],
        "text": ["line"],
        "file": [],
    }
    assert (form.action, form.method, list(form.buttons)) == ("/save", "POST", ["Save and go on"])


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("<p>one<p>two</div>", "div"),
        ("<b><i>crossed</b></i>", "End tag"),
        ("<p id=a></p><p id=a></p>", "'a' stands 2 times"),
        ("<label for=gone>Name</label>", "for='gone'"),
        ("<p>a &nosuch; entity</p>", "entity"),
        ("<table><p>x</p></table>", "table"),
    ],
)
def test_an_invalid_page_is_refused_with_the_place(body: str, named: str) -> None:
    with pytest.raises(InvalidPage, match=named):
        parse(f"<!doctype html><html><head><title>t</title></head><body>{body}</body></html>")


def test_a_page_without_doctype_is_refused() -> None:
    with pytest.raises(InvalidPage, match="line 1"):
        parse("<html><head><title>t</title></head><body></body></html>")
