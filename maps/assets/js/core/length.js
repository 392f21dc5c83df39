/**
 * Lengths in words.
 */
import { number, ui } from './i18n.js';

export const KILOMETRE_M = 1000;
export const NAUTICAL_MILE_M = 1852;

/** @param {number} value  @param {number} digits  after the point, at most */
const cut = (value, digits) => number(Number(value.toFixed(digits)));

/** "12.3 km". @param {number} metres @param {number} [digits] */
export const kilometres = (metres, digits = 3) => `${cut(metres / KILOMETRE_M, digits)}\u202f${ui('km')}`;

/** "6.6 nmi". @param {number} metres @param {number} [digits] */
export const nauticalMiles = (metres, digits = 3) => `${cut(metres / NAUTICAL_MILE_M, digits)}\u202f${ui('nmi')}`;
