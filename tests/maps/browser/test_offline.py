def test_index_asks_for_nothing_and_says_nothing(sheet, site):
    path = site / "index.html"
    opened = sheet(path)
    assert opened.requests == [path.as_uri()]
    assert opened.messages == []


def test_without_javascript_the_sources_can_be_read(unscripted, site):
    unscripted.goto((site / "border.html").as_uri())
    assert unscripted.locator(".noscript").is_visible()
    assert unscripted.locator(".credits summary").is_visible()
