"""What holds of a sheet of paper: title, map, legend and sources stand on it."""

PX_PER_MM = 96 / 25.4
SHEETS = {"A4-landscape": (277, 190), "A4-portrait": (190, 277), "A3-landscape": (400, 277), "A3-portrait": (277, 400)}
BOX = """(selector) => {
  const { left, top, right, bottom } = document.querySelector(selector).getBoundingClientRect();
  return [left + scrollX, top + scrollY, right + scrollX, bottom + scrollY].map(Math.round);
}"""


def boxes(opened, *selectors):
    return [opened.page.evaluate(BOX, selector) for selector in selectors]


def title_map_legend_and_sources_stand_on_one_sheet(opened, sheet_name):
    opened.page.emulate_media(media="print")
    opened.until("document.querySelector('.sheet-foot') !== null")
    width, height = (length * PX_PER_MM for length in SHEETS[sheet_name])
    title, legend, chart, foot = boxes(opened, ".panel-bar", "#legend", "main", ".sheet-foot")
    for left, top, right, bottom in (title, legend, chart, foot):
        assert left >= 0
        assert top >= 0
        assert right <= width + 1
        assert bottom <= height + 1
    assert title[3] <= chart[1] < chart[3] <= foot[1]
    if width > height:
        assert chart[2] <= legend[0]
    else:
        assert chart[3] <= legend[1]
        assert legend[3] <= foot[1]
    assert (chart[2] - chart[0]) * (chart[3] - chart[1]) > 0.4 * width * height
