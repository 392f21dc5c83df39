/**
 * The nodes of the network by their names.
 */
import { writePosition } from '../core/coordinates.js';
import { text, word } from '../core/i18n.js';
import { plain } from '../core/plain.js';

const NOT_FOUND = 3;

/** Names of the nodes in the language shown, and the search over all of them. @param {Tumen.Planner} block @param {import('./router.js').Router} router */
export function placesOf(block, router) {
  const langs = Object.keys(block.nodes.names);
  const all = router.nodes.map(({ id, number: n }) => ({ id, n, words: langs.map((lang) => plain(block.nodes.names[lang][n])) }));
  /** @param {number} n */
  const name = (n) => text(Object.fromEntries(langs.map((lang) => [lang, block.nodes.names[lang][n]])));
  /** @param {string} id */
  const kind = (id) => word('node', id.split('/')[0]);
  return {
    name,
    /** @param {string} written @param {number} most */
    search(written, most) {
      const wanted = plain(written);
      if (!wanted) return [];
      /** @param {{words: string[]}} node */
      const rank = ({ words }) => Math.min(...words.map((spelling) => (spelling === wanted ? 0 : spelling.startsWith(wanted) ? 1 : spelling.includes(wanted) ? 2 : NOT_FOUND)));
      return all.map((place) => ({ id: place.id, n: place.n, words: place.words, rank: rank(place) })).filter((place) => place.rank < NOT_FOUND)
        .sort((a, b) => a.rank - b.rank || a.words[0].length - b.words[0].length || (a.id < b.id ? 1 : -1))
        .slice(0, most).map(({ id, n }) => ({ name: name(n), detail: kind(id), place: id }));
    },
    /** @param {Tumen.Place} place */
    label(place) {
      if (place === null) return '';
      if (Array.isArray(place)) return writePosition(place, ', ');
      if (typeof place === 'object') return place.wrong;
      const node = router.nodes.find(({ id }) => id === place);
      return node ? name(node.number) : place;
    },
  };
}
