/**
 * The subject: every feature drawn in its style, with a wide invisible shape above it to point at, and to reach by keyboard.
 *
 * @typedef {Object} Item
 * @property {Object} feature     GeoJSON feature
 * @property {Object} layer       the layer's block
 * @property {Object} style       the style it is drawn in
 * @property {'point'|'line'|'area'} geometry
 * @property {L.LatLng} center    where its popup points
 * @property {L.LatLng[]} points  of a point feature
 * @property {L.Path[]} hits      the invisible shapes
 */
tumen.layers = (function () {
  const { toLatLngs } = tumen.lonlat;
  const { outline, styles } = tumen.symbol;
  const { i18n, page } = tumen;
  const HIT_WIDTH = 18;
  const HIT_RADIUS = 12;

  /** Pens are finer on small scales: factor of widths, dashes and symbol sizes. */
  const penAt = (zoom) => Math.min(1.1, Math.max(0.5, 0.5 + (zoom - 5) * 0.125));

  /** SVG renderer with a <g> for each group, in the order in which groups are named first. */
  const GroupedSvg = L.SVG.extend({
    _addPath(path) {
      if (!this._rootGroup) this._initContainer();
      this._groups = this._groups || {};
      const name = path.options.group;
      if (!this._groups[name]) {
        const group = L.SVG.create('g');
        group.setAttribute('data-layer', path.options.layerId);
        group.setAttribute('data-min-zoom', path.options.minZoom);
        this._groups[name] = this._rootGroup.appendChild(group);
      }
      this._groups[name].appendChild(path._path);
      path.addInteractiveTarget(path._path);
    },
  });

  /** A point drawn as one of our shapes. */
  const ShapeMarker = L.CircleMarker.extend({
    _updatePath() {
      const { shape, size } = this.options;
      const radius = size * Math.max(0.72, penAt(this._map.getZoom()));
      this._renderer._setPath(this, this._empty() ? 'M0 0' : outline(shape, this._point.x, this._point.y, radius));
    },
  });

  const KINDS = { Point: 'point', LineString: 'line', Polygon: 'area' };
  const kindOf = (geometry) => KINDS[geometry.type.replace('Multi', '')];
  const isMulti = (geometry) => geometry.type.startsWith('Multi');

  function middle(item, map) {
    if (item.geometry === 'point') return item.points[0];
    const shape = item.hits[0];
    if (item.geometry === 'area') return shape.getBounds().getCenter();
    const strands = isMulti(item.feature.geometry) ? shape.getLatLngs() : [shape.getLatLngs()];
    const strand = strands.reduce((a, b) => (b.length > a.length ? b : a));
    if (strand.length < 2) return strand[0];
    const pixels = strand.map((latLng) => map.project(latLng, 10));
    const lengths = pixels.slice(1).map((p, i) => p.distanceTo(pixels[i]));
    let rest = lengths.reduce((a, b) => a + b, 0) / 2;
    const i = Math.max(0, lengths.findIndex((length) => (rest -= length) <= 0));
    const share = lengths[i] ? 1 + rest / lengths[i] : 0;
    return map.unproject(pixels[i].add(pixels[i + 1].subtract(pixels[i]).multiplyBy(share)), 10);
  }

  const COLLAPSED_PX = 14;

  function visuals(items, layer, renderer) {
    const common = { renderer, interactive: false, color: 'currentColor', lineJoin: 'round' };
    const shapes = [];
    // Rules that wait for a larger scale have a group of their own.
    const placed = (item) => ({
      ...common, layerId: layer.id, minZoom: item.minZoom, group: [item.geometry, layer.id, item.minZoom].join(' '),
    });
    const pick = (geometry) => items.filter((item) => item.geometry === geometry);
    for (const item of pick('area')) {
      const { style } = item;
      const stroke = style.strokes[0];
      shapes.push(L.polygon(toLatLngs(item.feature.geometry.coordinates), {
        ...placed(item), className: `${stroke ? 's-' + stroke.colour : ''} ${style.fill ? 'f-' + style.fill : ''}`,
        stroke: Boolean(stroke), weight: stroke ? stroke.width : 0, dashArray: stroke && stroke.dash.length ? stroke.dash.join(' ') : null,
        opacity: stroke ? stroke.opacity : 1, fill: Boolean(style.fill), fillColor: 'currentColor', fillOpacity: style.fill_opacity,
      }));
    }
    const lines = pick('line');
    const passes = Math.max(0, ...lines.map((item) => item.style.strokes.length));
    for (let pass = 0; pass < passes; pass += 1) {
      for (const item of lines) {
        const stroke = item.style.strokes[pass];
        if (!stroke) continue;
        shapes.push(L.polyline(toLatLngs(item.feature.geometry.coordinates), {
          ...placed(item), className: 's-' + stroke.colour, pen: stroke, weight: stroke.width,
          opacity: stroke.opacity, lineCap: stroke.cap, smoothFactor: 0.6,
        }));
      }
    }
    for (const item of pick('point')) {
      const { style } = item;
      const stroke = style.strokes[0];
      item.shapes = [];
      for (const latLng of item.points) {
        item.shapes.push(new ShapeMarker(latLng, {
          ...placed(item), shape: style.shape || 'circle', size: style.size || 5, radius: style.size || 5,
          className: `${stroke ? 's-' + stroke.colour : ''} f-${style.fill || 'accent'}`,
          stroke: Boolean(stroke), weight: stroke ? stroke.width : 0, opacity: stroke ? stroke.opacity : 1,
          fillColor: 'currentColor', fillOpacity: style.fill_opacity,
        }));
      }
      shapes.push(...item.shapes);
    }
    return shapes;
  }

  function hitsOf(item, renderer) {
    const options = {
      renderer, layerId: item.layer.id, minZoom: item.minZoom, group: [item.geometry, item.layer.id, item.minZoom].join(' '), color: 'transparent', opacity: 1,
      bubblingMouseEvents: false,
    };
    const { coordinates } = item.feature.geometry;
    if (item.geometry === 'point') {
      const radius = Math.max(HIT_RADIUS, (item.style.size || 5) + 5);
      return item.points.map((latLng) => L.circleMarker(latLng, {
        ...options, className: 'hit hit-point', radius, weight: 2, fill: true, fillColor: 'transparent', fillOpacity: 1,
      }));
    }
    if (item.geometry === 'line') {
      return [L.polyline(toLatLngs(coordinates), {
        ...options, className: 'hit hit-line', weight: HIT_WIDTH, lineCap: 'round', fill: false, smoothFactor: 1,
      })];
    }
    return [L.polygon(toLatLngs(coordinates), {
      ...options, className: 'hit hit-area', weight: 4, fill: true, fillColor: 'transparent', fillOpacity: 1,
    })];
  }

  function describe(item) {
    const { properties } = item.feature;
    const parts = [i18n.name(properties)];
    if (properties.kind) parts.push(i18n.word('kind', properties.kind));
    if (properties.status && properties.status !== 'operating') parts.push(i18n.word('status', properties.status));
    return [...new Set(parts)].join(', ');
  }

  /** Give the invisible shape its name, its place in the tab order and its keys. */
  function makeReachable(item, open) {
    item.hits.forEach((hit, index) => {
      const element = hit.getElement();
      element.setAttribute('data-id', item.feature.id);
      element.setAttribute('role', 'button');
      element.setAttribute('aria-label', describe(item));
      element.setAttribute('tabindex', index === 0 ? '0' : '-1');
      element.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        event.stopPropagation();
        open(item, item.center, element);
      });
    });
  }

  function itemsOf(layer) {
    return layer.features.filter((feature) => feature.geometry).map((feature) => {
      const geometry = kindOf(feature.geometry);
      const { coordinates } = feature.geometry;
      return {
        feature, layer, geometry,
        style: styles[layer.symbols[feature.symbol].style],
        minZoom: layer.symbols[feature.symbol].minZoom,
        points: geometry === 'point' ? [].concat(toLatLngs(coordinates)) : [],
      };
    });
  }

  /**
   * Draw the subject layers.
   * @param {L.Map} map
   * @param {function(Item, L.LatLng, Element): void} open  called when a feature is chosen
   */
  function add(map, open) {
    map.createPane('tumen-subject').style.zIndex = 400;
    map.createPane('tumen-halo').style.zIndex = 390;
    map.createPane('tumen-hit').style.zIndex = 620;
    const drawn = new GroupedSvg({ pane: 'tumen-subject', padding: 0.2 });
    const hits = new GroupedSvg({ pane: 'tumen-hit', padding: 0.2 });
    const halo = L.svg({ pane: 'tumen-halo', padding: 0.2 });
    const items = page.layers.flatMap(itemsOf);
    // The last layer of a theme lies lowest; areas lie under lines, lines under points.
    const upwards = [...page.layers].reverse();
    const strokes = [];
    for (const geometry of ['area', 'line', 'point']) {
      for (const layer of upwards) {
        const own = items.filter((item) => item.layer === layer && item.geometry === geometry);
        for (const shape of visuals(own, layer, drawn)) strokes.push(shape.addTo(map));
        for (const item of own) {
          item.hits = hitsOf(item, hits);
          item.hits.forEach((hit) => hit.addTo(map));
          item.center = middle(item, map);
          makeReachable(item, open);
          attend(map, item, open, halo);
        }
      }
    }
    // A bridge is too short to see on a small scale: there a symbol stands for it.
    const collapsible = items.filter((item) => item.geometry === 'line' && item.style.shape).map((item) => {
      const { style } = item;
      const marker = new ShapeMarker(item.center, {
        renderer: drawn, interactive: false, layerId: item.layer.id, minZoom: item.minZoom, group: ['point', item.layer.id, item.minZoom].join(' '),
        shape: style.shape, size: style.size, radius: style.size, className: `s-halo f-${style.fill}`, color: 'currentColor', weight: 1.5,
        fillColor: 'currentColor', fillOpacity: 1,
      }).addTo(map);
      return [item, marker];
    });
    function collapse() {
      for (const [item, marker] of collapsible) {
        const box = item.hits[0].getBounds();
        const length = map.project(box.getSouthWest()).distanceTo(map.project(box.getNorthEast()));
        item.collapsed = length < COLLAPSED_PX;
        marker.getElement().classList.toggle('is-hidden', !item.collapsed);
      }
    }
    map.on('zoomend', collapse);
    collapse();
    const lines = strokes.filter((shape) => shape.options.pen);
    function repen() {
      const pen = penAt(map.getZoom());
      for (const shape of lines) {
        const { width, dash } = shape.options.pen;
        shape.setStyle({ weight: width * pen, dashArray: dash.length ? dash.map((length) => length * pen).join(' ') : null });
      }
    }
    map.on('zoomend', repen);
    repen();
    return { items, ...switchable(map, upwards, drawn, hits) };
  }

  function attend(map, item, open, halo) {
    const { accuracy_m: accuracy } = item.feature.properties;
    let circles = [];
    const mark = (on) => item.hits.forEach((hit) => hit.getElement().classList.toggle('is-active', on));
    function enter() {
      mark(true);
      if (circles.length === 0 && typeof accuracy === 'number') {
        circles = item.points.map((latLng) => L.circle(latLng, {
          renderer: halo, radius: accuracy, interactive: false, className: 'accuracy', weight: 1.2, fillOpacity: 1,
        }).addTo(map));
      }
    }
    function leave() {
      if (item.selected) return;
      mark(false);
      circles.forEach((circle) => circle.remove());
      circles = [];
    }
    /** Show a feature that waits for room to be named. */
    item.reveal = () => [...(item.shapes || []), ...item.hits].forEach((shape) => shape.getElement().classList.remove('is-hidden'));
    item.select = (on) => {
      item.selected = on;
      (on ? enter : leave)();
    };
    for (const hit of item.hits) {
      hit.on('mouseover', enter).on('mouseout', leave);
      hit.on('click', (event) => open(item, item.geometry === 'point' ? item.center : event.latlng, hit.getElement()));
      hit.bindTooltip(() => tumen.dom.node('span', {}, i18n.name(item.feature.properties)), {
        sticky: item.geometry !== 'point', className: 'tip', direction: 'top', offset: [0, -10], opacity: 1,
      });
      const element = hit.getElement();
      element.addEventListener('focus', () => {
        enter();
        if (!map.getBounds().pad(-0.05).contains(item.center)) map.panTo(item.center, { animate: false });
      });
      element.addEventListener('blur', leave);
    }
  }

  /** Layers that can be switched off, or are off because the map is too small for them. */
  function switchable(map, layers, ...renderers) {
    const on = Object.fromEntries(layers.map((layer) => [layer.id, layer.visible]));
    const listeners = [];
    const zoomShows = (layer) => map.getZoom() >= layer.minZoom;
    function refresh() {
      for (const layer of layers) {
        for (const renderer of renderers) {
          for (const group of Object.values(renderer._groups || {})) {
            if (group.dataset.layer !== layer.id) continue;
            group.classList.toggle('is-hidden', !on[layer.id] || map.getZoom() < Number(group.dataset.minZoom));
          }
        }
      }
      listeners.forEach((listener) => listener());
    }
    map.on('zoomend', refresh);
    return {
      refresh,
      zoomShows,
      isOn: (layer) => on[layer.id],
      isShown: (item) => on[item.layer.id] && map.getZoom() >= item.minZoom,
      set(layer, value) {
        on[layer.id] = value;
        refresh();
      },
      onChange: (listener) => listeners.push(listener),
    };
  }

  return { add, penAt };
}());
