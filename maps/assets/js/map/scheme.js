/**
 * Light or dark, as the system has it until the reader chooses; and the full screen.
 */
import * as permalink from '../core/permalink.js';
import * as tools from '../core/tools.js';

const KEY = 'tumen-scheme';
const SCHEMES = ['light', 'dark'];
const system = window.matchMedia('(prefers-color-scheme: dark)');
const root = document.documentElement;

/** A page from disk or in a frame may have no store. */
function stored() {
  try {
    return window.localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** @param {string} value */
function store(value) {
  try {
    window.localStorage.setItem(KEY, value);
  } catch { /* it is for this page only, then */ }
}

const chosen = () => SCHEMES.find((scheme) => scheme === root.dataset.scheme) ?? null;
const isDark = () => (chosen() ? chosen() === 'dark' : system.matches);

export function schemeButton() {
  const remembered = SCHEMES.find((scheme) => scheme === stored());
  if (remembered) root.dataset.scheme = remembered;
  permalink.carry('scheme', chosen, (value) => {
    if (!SCHEMES.includes(value)) return;
    root.dataset.scheme = value;
    set(isDark());
  });
  const { set } = tools.toggle('scheme', isDark(), (dark) => {
    root.dataset.scheme = dark ? 'dark' : 'light';
    store(root.dataset.scheme);
  });
  system.addEventListener('change', () => set(isDark()));
}

export function fullscreenButton() {
  if (!document.fullscreenEnabled) return;
  const { set } = tools.toggle('fullscreen', false, async (on) => {
    try {
      await (on ? root.requestFullscreen() : document.exitFullscreen());
    } catch {
      set(document.fullscreenElement !== null);
    }
  });
  document.addEventListener('fullscreenchange', () => set(document.fullscreenElement !== null));
}
