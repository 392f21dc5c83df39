/**
 * Distance on the WGS 84 ellipsoid.
 *
 * T. Vincenty, "Direct and inverse solutions of geodesics on the ellipsoid with application of nested equations", Survey Review
 * 23 (1975), and his note of 1976 on the series in k1. Off by less than 0.1 mm, but for points almost opposite each other on
 * the globe: there it does not converge, and the sphere of the same mean radius stands in, off by up to 0.6 %.
 */

const A = 6378137;
const F = 1 / 298.257223563;
const B = A * (1 - F);
const MEAN_RADIUS = (2 * A + B) / 3;
const ROUNDS = 200;
const CLOSE = 1e-13;
const radians = (degrees) => (degrees * Math.PI) / 180;

/** On the sphere, from the chord: no loss for points that are near. */
function onSphere([lon1, lat1], [lon2, lat2]) {
  const [p1, p2, dl] = [radians(lat1), radians(lat2), radians(lon2 - lon1)];
  const h = Math.sin((p2 - p1) / 2) ** 2 + Math.cos(p1) * Math.cos(p2) * Math.sin(dl / 2) ** 2;
  return 2 * MEAN_RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
}

function length(cosSquared, sigma, sinSigma, cosSigma, cos2M) {
  const root = Math.sqrt(1 + (cosSquared * (A * A - B * B)) / (B * B));
  const k1 = (root - 1) / (root + 1);
  const scale = (1 + k1 * k1 / 4) / (1 - k1);
  const b = k1 * (1 - (3 / 8) * k1 * k1);
  const delta = b * sinSigma * (cos2M + (b / 4) * (cosSigma * (2 * cos2M ** 2 - 1)
    - (b / 6) * cos2M * (4 * sinSigma ** 2 - 3) * (4 * cos2M ** 2 - 3)));
  return B * scale * (sigma - delta);
}

/**
 * Length of the shortest line between two positions.
 * @param {[number, number]} from  longitude and latitude in degrees
 * @param {[number, number]} to
 * @returns {number} metres
 */
export function distance(from, to) {
  const l = radians(((to[0] - from[0] + 540) % 360 + 360) % 360 - 180);
  const [u1, u2] = [from, to].map(([, lat]) => Math.atan((1 - F) * Math.tan(radians(lat))));
  const [s1, c1, s2, c2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  let lambda = l;
  for (let round = 0; round < ROUNDS; round += 1) {
    const [sl, cl] = [Math.sin(lambda), Math.cos(lambda)];
    const sinSigma = Math.hypot(c2 * sl, c1 * s2 - s1 * c2 * cl);
    if (sinSigma === 0) return 0;
    const cosSigma = s1 * s2 + c1 * c2 * cl;
    const sigma = Math.atan2(sinSigma, cosSigma);
    const sinAlpha = (c1 * c2 * sl) / sinSigma;
    const cosSquared = 1 - sinAlpha * sinAlpha;
    // Along the equator there is no such angle.
    const cos2M = cosSquared < 1e-15 ? 0 : cosSigma - (2 * s1 * s2) / cosSquared;
    const c = (F / 16) * cosSquared * (4 + F * (4 - 3 * cosSquared));
    const before = lambda;
    lambda = l + (1 - c) * F * sinAlpha * (sigma + c * sinSigma * (cos2M + c * cosSigma * (2 * cos2M ** 2 - 1)));
    if (Math.abs(lambda) > Math.PI) break;
    if (Math.abs(lambda - before) < CLOSE) return length(cosSquared, sigma, sinSigma, cosSigma, cos2M);
  }
  return onSphere(from, to);
}

/** Positions along the great circle, to draw the line by; both ends are among them. */
export function along(from, to, steps) {
  const vector = ([lon, lat]) => [Math.cos(radians(lat)) * Math.cos(radians(lon)), Math.cos(radians(lat)) * Math.sin(radians(lon)), Math.sin(radians(lat))];
  const [p, q] = [vector(from), vector(to)];
  const angle = Math.atan2(Math.hypot(p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]),
    p[0] * q[0] + p[1] * q[1] + p[2] * q[2]);
  const inner = Math.sin(angle) < 1e-9 ? [] : Array.from({ length: steps - 1 }, (_, i) => {
    const share = (i + 1) / steps;
    const [f, g] = [Math.sin((1 - share) * angle) / Math.sin(angle), Math.sin(share * angle) / Math.sin(angle)];
    const [x, y, z] = p.map((value, axis) => f * value + g * q[axis]);
    return [Math.atan2(y, x) * 180 / Math.PI, Math.atan2(z, Math.hypot(x, y)) * 180 / Math.PI];
  });
  return [from, ...inner, to];
}
