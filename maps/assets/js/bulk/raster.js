/**
 * Strokes and symbols into an image, smoothed at their edges: for views of so many that a canvas takes seconds over them.
 *
 * A segment is walked along its longer axis; in each column it covers a run of pixels, the first and the last of them in part.
 */

const FINEST = 0.6; // a finer pen would be too pale to see
const THICK = 2.5;

export class Raster {
  /** @param {number} width  @param {number} height  in pixels */
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.data = new ImageData(width, height);
    this.pixels = new Uint32Array(this.data.data.buffer);
    this.rgb = 0;
    this.strength = 255;
    this.pen = 1;
  }

  /** @param {[number, number, number]} colour  of 0 to 255  @param {number} alpha  @param {number} thickness  in pixels */
  ink(colour, alpha, thickness) {
    this.rgb = colour[0] | (colour[1] << 8) | (colour[2] << 16);
    this.pen = Math.max(thickness, FINEST);
    this.strength = alpha * 255;
  }

  /** Lay `alpha` of 0 to 255 over a pixel that already has some colour. @param {number} at @param {number} alpha */
  blend(at, alpha) {
    const { pixels, rgb } = this;
    const below = pixels[at];
    const under = below >>> 24;
    const both = alpha + under - (((alpha * under + 127) / 255) | 0);
    if ((below & 0xffffff) === rgb) {
      pixels[at] = (rgb | (both << 24)) >>> 0;
      return;
    }
    const share = alpha / both;
    const red = (below & 0xff) + ((rgb & 0xff) - (below & 0xff)) * share;
    const green = ((below >> 8) & 0xff) + (((rgb >> 8) & 0xff) - ((below >> 8) & 0xff)) * share;
    const blue = ((below >> 16) & 0xff) + (((rgb >> 16) & 0xff) - ((below >> 16) & 0xff)) * share;
    pixels[at] = ((red + 0.5) | ((green + 0.5) << 8) | ((blue + 0.5) << 16) | (both << 24)) >>> 0;
  }

  /**
   * Run of a segment whose longer axis is `a`; steps lie `da` apart in memory, `db` across.
   * @param {number} a0
   * @param {number} b0
   * @param {number} a1
   * @param {number} b1
   * @param {number} da
   * @param {number} db
   * @param {number} aSize
   * @param {number} bSize
   */
  run(a0, b0, a1, b1, da, db, aSize, bSize) {
    const { pixels, pen, rgb, strength } = this;
    const slope = a1 === a0 ? 0 : (b1 - b0) / (a1 - a0);
    const half = (pen / 2) * Math.sqrt(1 + slope * slope);
    const first = a0 > 0 ? a0 | 0 : 0;
    const last = a1 < aSize ? Math.ceil(a1) : aSize;
    const full = (rgb | 0xff000000) >>> 0;
    for (let a = first; a < last; a += 1) {
      const left = a > a0 ? a : a0;
      const right = a + 1 < a1 ? a + 1 : a1;
      const weight = (right - left) * strength;
      const middle = b0 + ((left + right) / 2 - a0) * slope;
      const low = middle - half;
      const high = middle + half;
      let b = low > 0 ? low | 0 : 0;
      const to = high < bSize ? high : bSize;
      for (let at = a * da + b * db; b < to; b += 1, at += db) {
        const below = pixels[at];
        if (below === full) continue;
        const alpha = (((b + 1 < high ? b + 1 : high) - (b > low ? b : low)) * weight + 0.5) | 0;
        if (alpha > 254) pixels[at] = full;
        else if (below === 0) pixels[at] = (rgb | (alpha << 24)) >>> 0;
        else if (alpha > 0) this.blend(at, alpha);
      }
    }
  }

  /**
   * A segment; of a thick pen with square ends, so that a line has no gaps where it bends, and of a dot's length a dot.
   * @param {number} x0
   * @param {number} y0
   * @param {number} x1
   * @param {number} y1
   */
  segment(x0, y0, x1, y1) {
    const { pen, width, height } = this;
    const dx = x1 - x0;
    const dy = y1 - y0;
    const length = Math.sqrt(dx * dx + dy * dy);
    const reach = pen > THICK || length < pen ? pen / 2 : 0;
    const over = length ? (reach * dx) / length : reach;
    const rise = length ? (reach * dy) / length : 0;
    if (Math.abs(dx) >= Math.abs(dy)) {
      if (dx >= 0) this.run(x0 - over, y0 - rise, x1 + over, y1 + rise, 1, width, width, height);
      else this.run(x1 + over, y1 + rise, x0 - over, y0 - rise, 1, width, width, height);
    } else if (dy >= 0) this.run(y0 - rise, x0 - over, y1 + rise, x1 + over, width, 1, height, width);
    else this.run(y1 + rise, x1 + over, y0 - rise, x0 - over, width, 1, height, width);
  }

  /** A line through vertices `from` to `to` of a flat array. @param {Float32Array} xy @param {number} from @param {number} to */
  line(xy, from, to) {
    if (to - from === 1) this.segment(xy[2 * from], xy[2 * from + 1], xy[2 * from], xy[2 * from + 1]);
    for (let i = from + 1; i < to; i += 1) this.segment(xy[2 * i - 2], xy[2 * i - 1], xy[2 * i], xy[2 * i + 1]);
  }

  /**
   * A square picture of `size` pixels around a place; it lies on whole pixels.
   * @param {Uint32Array} picture
   * @param {number} size
   * @param {number} x
   * @param {number} y
   */
  stamp(picture, size, x, y) {
    const { pixels, width, height } = this;
    const left = Math.round(x - size / 2);
    const top = Math.round(y - size / 2);
    if (left < 0 || top < 0 || left + size > width || top + size > height) return;
    for (let row = 0, from = 0; row < size; row += 1) {
      for (let at = (top + row) * width + left, end = at + size; at < end; at += 1, from += 1) {
        const over = picture[from];
        const alpha = over >>> 24;
        if (alpha === 0) continue;
        if (alpha === 255 || pixels[at] === 0) {
          pixels[at] = over;
        } else {
          this.rgb = over & 0xffffff;
          this.blend(at, alpha);
        }
      }
    }
  }
}
