import { shuffled } from '../lib/random.ts';

export type Random = () => number;
/** What the fuzz reads of a JSON schema. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
};

export function pick<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)] as T;
}

/** Values that a server may trip over, whatever the field. */
export const hostileValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 1,
  '',
  ' ',
  'null',
  '__proto__',
  'constructor',
  '\u0000',
  '\u202Eevil\u200B',
  '\uD800',
  '𝒳'.repeat(300),
  'a'.repeat(40_000),
  '../../etc/passwd',
  "' OR 1=1 --",
  '<script>alert(1)</script>',
  '{{7*7}}${7*7}',
  'file:///etc/passwd',
  'javascript:alert(1)',
  '%00%ff',
  '1970-01-01T00:00:00Z',
  '999.999.999.999',
  [],
  [[[[[]]]]],
  {},
  { $gt: '' },
  { toString: 'x', valueOf: 1, hasOwnProperty: null },
  { length: -1 },
];

/** Ids of things that exist, other people's too, and of things that don't. */
export type Ids = readonly string[];
const texts = ['a', 'render', '203.0.113.7', 'f'.repeat(24), 'f'.repeat(64), '0'.repeat(7), 'A1', '1', 'u'];

export function createSampler(schemas: Record<string, Schema>, ids: Ids) {
  const resolve = (schema: Schema): Schema => schemas[schema.$ref?.split('/').at(-1) ?? ''] ?? schema;

  const textFor = ({ pattern, format, minLength = 0 }: Schema, random: Random): string => {
    if (format === 'uri') return 'https://example.com/robots.git';
    const candidates = [...shuffled(ids, random), ...shuffled(texts, random)];
    const fits = pattern === undefined ? null : new RegExp(pattern, 'u');
    const found = candidates.find((each) => each.length >= minLength && (fits?.test(each) ?? true));
    return found ?? 'x'.repeat(minLength);
  };

  /** A value that the schema allows, as far as the fuzz understands it. */
  const sample = (given: Schema, random: Random): unknown => {
    const schema = resolve(given);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum !== undefined) return pick(schema.enum, random);
    const options = schema.anyOf ?? schema.oneOf;
    if (options !== undefined) return sample(pick(options, random), random);
    const { minimum = 0, maximum = minimum + 100 } = schema;
    switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
      case 'object':
        return sampleObject(schema, random);
      case 'array':
        return Array.from({ length: Math.floor(random() * 3) }, () => sample(schema.items ?? {}, random));
      case 'string':
        return textFor(schema, random);
      case 'integer':
        return Math.floor(minimum + random() * (Math.min(maximum, minimum + 1_000) - minimum));
      case 'number':
        return minimum + random();
      case 'boolean':
        return random() < 0.5;
      case 'null':
        return null;
      default:
        return pick(hostileValues, random);
    }
  };

  const sampleObject = ({ properties = {}, required = [] }: Schema, random: Random) =>
    Object.fromEntries(
      Object.entries(properties)
        .filter(([name]) => required.includes(name) || random() < 0.4)
        .map(([name, schema]): [string, unknown] => [name, sample(schema, random)]),
    );

  return sample;
}

export type Sample = ReturnType<typeof createSampler>;
