/** How many of a set of names begin or end with each of their parts. */
export type SharedEnds = {
  beginnings: ReadonlyMap<string, number>;
  ends: ReadonlyMap<string, number>;
  /** Of the names. */
  size: number;
};

const SEPARATOR = /[\s./_:@-]/g;

export function sharedEnds(names: Iterable<string>): SharedEnds {
  const beginnings = new Map<string, number>();
  const ends = new Map<string, number>();
  const count = (counts: Map<string, number>, part: string) => counts.set(part, (counts.get(part) ?? 0) + 1);
  let size = 0;
  for (const name of names) {
    size += 1;
    for (const part of [name, ...beginningsOf(name)]) count(beginnings, part);
    for (const part of [name, ...endsOf(name)]) count(ends, part);
  }
  return { beginnings, ends, size };
}

/**
 * Cuts what a name shares with its neighbours, so that what differs stays: `api.…` of `api.acme.example` beside
 * `www.acme.example`. First its end, then its beginning, then both; of several ends the one most of them share. Null
 * where nothing it shares makes it fit.
 */
export function cutShared(
  name: string,
  { beginnings, ends, size }: SharedEnds,
  fits: (text: string) => boolean,
): string | null {
  if (fits(name)) return name;
  const tails = mostShared(endsOf(name), ends, size);
  const heads = mostShared(beginningsOf(name), beginnings, size);
  for (const tail of tails) {
    const cut = `${name.slice(0, -tail.length)}…`;
    if (fits(cut)) return cut;
  }
  for (const head of heads) {
    const cut = `…${name.slice(head.length)}`;
    if (fits(cut)) return cut;
  }
  for (const head of heads)
    for (const tail of tails) {
      if (head.length + tail.length >= name.length) continue;
      const cut = `…${name.slice(head.length, -tail.length)}…`;
      if (fits(cut)) return cut;
    }
  return null;
}

/** Without the end, else the beginning, that most share; null where none is. */
export function withoutShared(name: string, { beginnings, ends, size }: SharedEnds): string | null {
  const [tail] = mostShared(endsOf(name), ends, size);
  if (tail !== undefined) return `${name.slice(0, -tail.length)}…`;
  const [head] = mostShared(beginningsOf(name), beginnings, size);
  return head === undefined ? null : `…${name.slice(head.length)}`;
}

/** Only what at least half of the names share: what two of ten do tells those two from the rest. */
function mostShared(parts: readonly string[], counts: ReadonlyMap<string, number>, size: number): string[] {
  const shared = (part: string) => counts.get(part) ?? 0;
  return parts
    .filter((part) => shared(part) > 1 && shared(part) * 2 >= size)
    .sort((a, b) => shared(b) - shared(a) || b.length - a.length);
}

/** Each up to a separator, which stays with the rest. */
function beginningsOf(name: string): string[] {
  return separatorsOf(name).flatMap((at) => (at > 0 ? [name.slice(0, at)] : []));
}

function endsOf(name: string): string[] {
  return separatorsOf(name).flatMap((at) => (at < name.length - 1 ? [name.slice(at + 1)] : []));
}

function separatorsOf(name: string): number[] {
  return Array.from(name.matchAll(SEPARATOR), (match) => match.index);
}
