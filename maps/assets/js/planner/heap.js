/**
 * A heap.
 */

/** A heap of [cost, state], the least cost first. */
export class Heap {
  constructor() {
    /** @type {[number, number][]} */
    this.items = [];
  }

  /** @param {[number, number]} item */
  push(item) {
    const { items } = this;
    let at = items.push(item) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (items[up][0] <= item[0]) break;
      items[at] = items[up];
      at = up;
    }
    items[at] = item;
  }

  /** The item of the least cost; the heap must not be empty. */
  pop() {
    const { items } = this;
    const first = items[0];
    const last = items[items.length - 1];
    items.length -= 1;
    if (!items.length) return first;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= items.length) break;
      if (down + 1 < items.length && items[down + 1][0] < items[down][0]) down += 1;
      if (items[down][0] >= last[0]) break;
      items[at] = items[down];
      at = down;
    }
    items[at] = last;
    return first;
  }
}
