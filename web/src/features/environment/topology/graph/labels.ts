/** How many of a set of names begin or end with each of their parts. */
export type SharedEnds = {
  beginnings: ReadonlyMap<string, number>;
  ends: ReadonlyMap<string, number>;
};

const SEPARATOR = /[\s./_:@-]/g;

export function sharedEnds(names: Iterable<string>): SharedEnds {
  const beginnings = new Map<string, number>();
  const ends = new Map<string, number>();
  const count = (counts: Map<string, number>, part: string) => counts.set(part, (counts.get(part) ?? 0) + 1);
  for (const name of names) {
    for (const part of [name, ...beginningsOf(name)]) count(beginnings, part);
    for (const part of [name, ...endsOf(name)]) count(ends, part);
  }
  return { beginnings, ends };
}

/**
 * Cuts what a name shares with its neighbours, so that what differs stays: `api.…` of `api.acme.example` beside
 * `www.acme.example`. First its end, then its beginning, then both; of several ends the one most of them share. Null
 * where nothing it shares makes it fit.
 */
export function cutShared(
  name: string,
  { beginnings, ends }: SharedEnds,
  fits: (text: string) => boolean,
): string | null {
  if (fits(name)) return name;
  const tails = mostShared(endsOf(name), ends);
  const heads = mostShared(beginningsOf(name), beginnings);
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

/** Without the end that most share; null where none is. */
export function withoutEnd(name: string, { ends }: SharedEnds): string | null {
  const [tail] = mostShared(endsOf(name), ends);
  return tail === undefined ? null : `${name.slice(0, -tail.length)}…`;
}

function mostShared(parts: readonly string[], counts: ReadonlyMap<string, number>): string[] {
  const shared = (part: string) => counts.get(part) ?? 0;
  return parts
    .filter((part) => shared(part) > 1)
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
