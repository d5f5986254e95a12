/** What a text is looked for in; all of it in lower case, name and id within `text`. */
export type Searchable = { key: string; name: string; id: string; text: string };

/** A word that is a whole name counts most, one whose letters only come in order least; 0: not found. */
const FOUND = {
  name: 100,
  beginning: 80,
  lastOfId: 70,
  word: 60,
  id: 55,
  within: 45,
  elsewhere: 40,
  letters: 20,
} as const;
const RECENT = 15;
const LAST_OF_ID = 4;
const IN_ORDER_FROM = 3;
const IN_WORD = /[\p{L}\d]/u;

type Limits = { recent: readonly string[]; limit: number };
export type Finder<T> = (text: string, limits: Limits) => T[];

/**
 * Finds the best `limit` for a text: each of its words must be found. Those opened lately come first among alike ones,
 * then shorter names, then those listed first. A text that goes on where the last one ended is looked for only among
 * what that one found, so that the keys of a word cost little after its third.
 */
export function finderOf<T extends Searchable>(all: readonly T[]): Finder<T> {
  let last: { words: readonly string[]; found: readonly T[] } = { words: [], found: all };
  return (text, { recent, limit }) => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return [];
    const lately = new Set(recent);
    const from = goesOn(last.words, words) ? last.found : all;
    const found: T[] = [];
    // A letter is found in most of 10,000: the best are kept on the way instead of sorting all, and nothing is made for
    // what is not among them. Plain loops, as the first keys run before the browser has compiled this.
    const best: Found<T>[] = [];
    for (let at = 0; at < from.length; at += 1) {
      const one = from[at]!;
      const plain = scoreOf(one, words);
      if (plain === 0) continue;
      found.push(one);
      const score = lately.size > 0 && lately.has(one.key) ? plain + RECENT : plain;
      if (best.length === limit && !isBetter(one, score, best[limit - 1]!)) continue;
      let place = best.length;
      while (place > 0 && isBetter(one, score, best[place - 1]!)) place -= 1;
      best.splice(place, 0, { one, score });
      if (best.length > limit) best.pop();
    }
    last = { words, found };
    return best.map(({ one }) => one);
  };
}

/** Whether what is found for the later words is among what was found for the earlier ones. */
function goesOn(earlier: readonly string[], later: readonly string[]): boolean {
  return (
    earlier.length > 0 &&
    earlier.every((word, at) => {
      const longer = later[at] ?? '';
      // From the third letter on, letters that only come in order are found too.
      return longer.startsWith(word) && (word.length >= IN_ORDER_FROM || longer.length < IN_ORDER_FROM);
    })
  );
}

type Found<T> = { one: T; score: number };

const isBetter = (one: Searchable, score: number, than: Found<Searchable>): boolean =>
  score === than.score ? one.name.length < than.one.name.length : score > than.score;

/** The mean of its words. */
function scoreOf(one: Searchable, words: readonly string[]): number {
  let sum = 0;
  for (let at = 0; at < words.length; at += 1) {
    const score = wordScore(one, words[at]!);
    if (score === 0) return 0;
    sum += score;
  }
  return sum / words.length;
}

function wordScore({ name, id, text }: Searchable, word: string): number {
  if (!text.includes(word))
    return word.length >= IN_ORDER_FROM && comesInOrder(word, name) ? FOUND.letters : 0;
  const at = name.indexOf(word);
  if (at === 0) return name.length === word.length ? FOUND.name : FOUND.beginning;
  if (word.length >= LAST_OF_ID && id.endsWith(word)) return FOUND.lastOfId;
  if (at > 0 && !IN_WORD.test(name.charAt(at - 1))) return FOUND.word;
  if (id.startsWith(word)) return FOUND.id;
  return at > 0 ? FOUND.within : FOUND.elsewhere;
}

/** `dscvry` in `discovery`; both begin alike. */
function comesInOrder(word: string, name: string): boolean {
  if (word.charAt(0) !== name.charAt(0)) return false;
  let at = 0;
  for (const letter of word) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
