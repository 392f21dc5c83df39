"""Perceptual similarity of two pictures: cells of eight pixels, in CIE Lab.

The browser reads and scales the pictures. A cell differs when none like it lies next to it in the other picture. Letters of
another font differ in lightness alone, and little when seen from afar; a line drawn in another colour differs in colour.
"""

import base64
from typing import NamedTuple

CELL_PX = 8
# Distances in Lab, where 2.3 is just noticeable side by side; smoothing and WebP stay below.
FAR = 10.0
FAR_IN_COLOUR = 4.0

_COMPARE = """async ([first, second, cellPx, far, farInColour]) => {
  const load = async (address) => { const image = new Image(); image.src = address; await image.decode(); return image; };
  const images = await Promise.all([first, second].map(load));
  const linear = (byte) => { const part = byte / 255; return part > 0.04045 ? ((part + 0.055) / 1.055) ** 2.4 : part / 12.92; };
  const root = (part) => (part > 0.008856 ? Math.cbrt(part) : 7.787 * part + 16 / 116);
  const lab = (red, green, blue) => {
    const [r, g, b] = [red, green, blue].map(linear);
    const x = root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
    const y = root(0.2126 * r + 0.7152 * g + 0.0722 * b);
    const z = root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
  };
  const [wide, high] = [images[0].width / cellPx, images[0].height / cellPx].map(Math.round);
  const cells = images.map((image) => {
    const canvas = document.createElement('canvas');
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    Object.assign(canvas, { width: wide, height: high });
    Object.assign(pen, { imageSmoothingEnabled: true, imageSmoothingQuality: 'high' });
    pen.drawImage(image, 0, 0, wide, high);
    const { data } = pen.getImageData(0, 0, wide, high);
    return Array.from({ length: wide * high }, (_, at) => lab(...data.subarray(4 * at, 4 * at + 3)));
  });
  const unlike = (from, to, limit, light) => {
    const found = [];
    for (let y = 0; y < high; y += 1) for (let x = 0; x < wide; x += 1) {
      const one = from[y * wide + x];
      let least = Infinity;
      for (let v = Math.max(0, y - 1); v <= Math.min(high - 1, y + 1); v += 1) {
        for (let u = Math.max(0, x - 1); u <= Math.min(wide - 1, x + 1); u += 1) {
          const other = to[v * wide + u];
          least = Math.min(least, Math.hypot(light * (one[0] - other[0]), one[1] - other[1], one[2] - other[2]));
        }
      }
      if (least > limit) found.push(y * wide + x);
    }
    return found;
  };
  const share = (limit, light) => {
    const found = new Set([...unlike(cells[0], cells[1], limit, light), ...unlike(cells[1], cells[0], limit, light)]);
    return found.size / (wide * high);
  };
  const [one, other] = images.map((image) => image.width / image.height);
  return Math.abs(one / other - 1) < 0.01 ? [share(far, 1), share(farInColour, 0)] : [1, 1];
}"""
_SHRINK = """async ([address, width, quality]) => {
  const image = new Image(); image.src = address; await image.decode();
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height: Math.round(image.height * width / image.width) });
  const pen = canvas.getContext('2d');
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/webp', quality).split(',')[1];
}"""


def address(picture):
    kind = "png" if picture.startswith(b"\x89PNG") else "webp"
    return f"data:image/{kind};base64," + base64.b64encode(picture).decode()


class Difference(NamedTuple):
    """Shares of the cells that differ, 0 to 1; both 1 where the pictures have different shapes."""

    look: float
    colour: float


class Eye:
    """Looks at pictures on a blank page: `Eye(browser.new_page())`."""

    def __init__(self, page):
        self.page = page

    def difference(self, one, other):
        return Difference(*self.page.evaluate(_COMPARE, [address(one), address(other), CELL_PX, FAR, FAR_IN_COLOUR]))

    def small(self, picture, width, quality=0.8):
        """The picture as WebP, some pixels wide."""
        return base64.b64decode(self.page.evaluate(_SHRINK, [address(picture), width, quality]))
