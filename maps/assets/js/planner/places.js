/**
 * The nodes of the network by their names.
 */
import { writePosition } from '../core/coordinates.js';
import { text, word } from '../core/i18n.js';
import { plain } from '../core/plain.js';

/** Names of the nodes in the language shown, and the search over all of them. */
export function placesOf(block, router) {
  const langs = Object.keys(block.nodes.names);
  const all = router.nodes.map(({ id, number: n }) => ({ id, n, words: langs.map((lang) => plain(block.nodes.names[lang][n])) }));
  const name = (n) => text(Object.fromEntries(langs.map((lang) => [lang, block.nodes.names[lang][n]])));
  const kind = (id) => word('node', id.split('/')[0]);
  return {
    name,
    search(written, most) {
      const wanted = plain(written);
      if (!wanted) return [];
      const rank = ({ words }) => Math.min(...words.map((one) => (one === wanted ? 0 : one.startsWith(wanted) ? 1 : one.includes(wanted) ? 2 : 3)));
      return all.map((one) => [rank(one), one]).filter(([found]) => found < 3)
        .sort(([a, one], [b, other]) => a - b || one.words[0].length - other.words[0].length || (one.id < other.id ? 1 : -1))
        .slice(0, most).map(([, { id, n }]) => ({ name: name(n), detail: kind(id), place: id }));
    },
    label(place) {
      if (place === null) return '';
      if (place.wrong !== undefined) return place.wrong;
      return Array.isArray(place) ? writePosition(place, ', ') : name(router.nodes.find(({ id }) => id === place).number);
    },
  };
}
