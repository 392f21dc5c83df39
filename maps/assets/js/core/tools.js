/**
 * The column of tool buttons.
 */
import { byId, node, svg } from './dom.js';
import * as i18n from './i18n.js';
import * as permalink from './permalink.js';

// Drawn on a field of 20 by 20, in one stroke of the pen.
/** @type {Record<string, string[]>} */
const ICONS = {
  time: ['M10,3a7,7 0 1,0 0.01,0Z', 'M10,6V10.2L12.8,12'],
  measure: ['M2.5,13.5L13.5,2.5L17.5,6.5L6.5,17.5Z', 'M5.5,10.5L7.3,12.3M8,8L10.4,10.4M10.5,5.5L12.3,7.3'],
  planner: ['M5,14.5a2,2 0 1,0 0.01,0Z', 'M15,2.5a2,2 0 1,0 0.01,0Z', 'M7.4,16.5H14a3,3 0 0,0 0,-6H6.5a3,3 0 0,1 0,-6H12.6'],
  compare: ['M3,4H17V16H3Z', 'M10,2V18', 'M7.5,8L5.5,10L7.5,12M12.5,8L14.5,10L12.5,12'],
  graticule: ['M10,3a7,7 0 1,0 0.01,0Z', 'M10,3C6.4,7 6.4,13 10,17M10,3C13.6,7 13.6,13 10,17M3,10H17'],
  tiles: ['M3,3H17V17H3Z', 'M3,10H17M10,3V17'],
  table: ['M3,4H17V16H3Z', 'M3,8H17M3,12H17M8,4V16'],
  scheme: ['M10,3a7,7 0 1,0 0.01,0Z', 'M10,5.2V14.8M12,6V14M14,7.4V12.6'],
  fullscreen: ['M3,7.5V3H7.5M12.5,3H17V7.5M17,12.5V17H12.5M7.5,17H3V12.5'],
  print: ['M6,7V3H14V7', 'M6,14H3V7H17V14H14', 'M6,11.5H14V17H6Z'],
  tools: ['M4,6H16M4,10H16M4,14H16'],
};

/** @param {string} name */
const icon = (name) => svg('svg', { viewBox: '0 0 20 20', width: 20, height: 20, class: 'icon', 'aria-hidden': 'true', focusable: 'false' },
  ...ICONS[name].map((d) => svg('path', { d })));

const list = () => byId('tool-list');

/**
 * A button that is pressed or not.
 * @param {string} name  of its icon and of its words
 * @param {boolean} pressed
 * @param {(on: boolean) => void} act  called with the new state
 * @returns {{button: HTMLButtonElement, set: (on: boolean) => void, press: (on: boolean) => void}} `set` shows a state, `press` also acts
 */
export function toggle(name, pressed, act) {
  const button = node('button', { type: 'button', 'data-tool': name, 'data-ui-label': name, 'data-ui-title': name }, icon(name));
  /** @param {boolean} value */
  const set = (value) => button.setAttribute('aria-pressed', String(value));
  /** @param {boolean} value */
  const press = (value) => {
    set(value);
    act(value);
    permalink.changed();
  };
  set(pressed);
  button.addEventListener('click', () => {
    press(button.getAttribute('aria-pressed') !== 'true');
    fold();
  });
  const item = node('li', {}, button);
  i18n.speak(item);
  list().append(item);
  return { button, set, press };
}

const root = () => byId('tools');

/** @param {boolean} value */
function open(value) {
  root().dataset.open = String(value);
  byId('tools-toggle').setAttribute('aria-expanded', String(value));
}

/** On a phone the column folds away once a tool is chosen. */
const fold = () => open(false);

export function add() {
  const button = byId('tools-toggle');
  button.append(icon('tools'));
  button.addEventListener('click', () => open(root().dataset.open !== 'true'));
  open(false);
}
