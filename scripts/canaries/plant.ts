import type { Kind, SecretField } from './fields.ts';

/** Where every canary begins; what follows is its number. */
const MARK = 'CNRY';
const CANARY = new RegExp(`${MARK}(\\d+)z`, 'gi');

type Planted = { name: string };

export type Canaries = {
  /** Puts the field's canary into a copy of the answer, making what is missing on the way. */
  plant(owner: string, fields: readonly SecretField[], json: unknown): unknown;
  /** A canary for what a person sends. */
  of(name: string): string;
  /** Names of those that occur in the text. */
  found(text: string): string[];
  all(): readonly Planted[];
};

export function createCanaries(): Canaries {
  const planted: Planted[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (name: string): number => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, planted.length);
    return planted.push({ name }) - 1;
  };
  const of = (name: string): string => `${MARK}${numberOf(name)}z`;
  return {
    of,
    plant: (owner, fields, json) =>
      fields.reduce(
        (into, { kind, path }) => put(into, path.split('.'), () => dressed(kind, of(`${owner} ${path}`))),
        structuredClone(json),
      ),
    found: (text) => [
      ...new Set(Array.from(text.matchAll(CANARY), ([, number]) => planted[Number(number)]?.name ?? '?')),
    ],
    all: () => planted,
  };
}

function dressed(kind: Kind, canary: string): string {
  if (kind === 'value') return canary;
  if (kind === 'address') return `https://hooks.example.com/services/${canary}`;
  return `See https://${canary}:${canary}@git.example.com/app?private_token=${canary} for more`;
}

function put(json: unknown, [head, ...rest]: string[], canary: () => string): unknown {
  if (head === undefined) return canary();
  // An empty list says nothing, so it gets an item; a list of ids, which is no list of objects, stays.
  if (Array.isArray(json)) {
    const items: unknown[] = json.length === 0 ? [{}] : json;
    return items.map((item) => (typeof item === 'object' ? put(item, [head, ...rest], canary) : item));
  }
  const object: Record<string, unknown> = typeof json === 'object' && json !== null ? { ...json } : {};
  const names = head !== '*' ? [head] : Object.keys(object).length > 0 ? Object.keys(object) : ['ANY_NAME'];
  for (const name of names) object[name] = put(object[name], rest, canary);
  return object;
}
