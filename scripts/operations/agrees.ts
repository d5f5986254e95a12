const WITHHELD = '(withheld)';

/**
 * Where an answer says other than the upstream: the first such path, or null. What the upstream said just `before` and
 * just `after` is the measure, so what moves meanwhile proves nothing. Withheld values, and fields that are left out,
 * are no contradiction; addresses may have lost their credentials.
 */
export function contradiction(passed: unknown, before: unknown, after: unknown, path = ''): string | null {
  if (passed === WITHHELD || passed === undefined) return null;
  if (typeof passed !== 'object' || passed === null) {
    if (passed === before || passed === after || before !== after) return null;
    if (typeof passed === 'string' && typeof before === 'string' && before.includes('://')) return null;
    return path || 'the answer';
  }
  if (Array.isArray(passed)) {
    const [one, other] = [listOf(before), listOf(after)];
    if (one === null || other === null) return path || 'the answer';
    if (one.length !== other.length) return null;
    if (passed.length !== one.length) return `${path}.length`;
    return firstOf(
      passed.map((item, index) => contradiction(item, one[index], other[index], `${path}.${index}`)),
    );
  }
  return firstOf(
    Object.entries(passed).map(([name, item]) =>
      contradiction(item, fieldOf(before, name), fieldOf(after, name), `${path}.${name}`),
    ),
  );
}

const listOf = (value: unknown): unknown[] | null => (Array.isArray(value) ? value : null);
const firstOf = (found: (string | null)[]): string | null => found.find((each) => each !== null) ?? null;

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}
