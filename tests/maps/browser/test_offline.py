import pytest

import maps


def test_index_asks_for_nothing_and_says_nothing(sheet, site):
    path = site / "index.html"
    opened = sheet(path)
    assert opened.requests == [path.as_uri()]
    assert opened.messages == []


@pytest.mark.parametrize("name", maps.theme_names())
def test_using_the_page_asks_for_nothing(sheet, site, name):
    path = site / f"{name}.html"
    opened = sheet(path)
    page = opened.page
    for button in page.locator("#views button").all():
        button.click()
    page.locator("#zoom button").first.click()
    page.locator("#zoom button").last.click()
    page.locator(".credits summary").click()
    page.locator("#panel-toggle").click()
    page.locator("#panel-toggle").click()
    assert opened.requests == [path.as_uri()]
    assert opened.messages == []


def test_without_javascript_the_sources_can_be_read(chromium, site):
    context = chromium.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((site / "border.html").as_uri())
    assert page.locator(".noscript").is_visible()
    assert page.locator(".credits summary").is_visible()
    context.close()
