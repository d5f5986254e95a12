import { describe, expect, it } from 'vitest';

import type { JsonSchema } from './json-schema.ts';
import { exampleOf, fieldsOf, limitsText, typeText } from './json-schema.ts';

const ref = { $ref: '#/components/schemas/Claim' };
const claim: JsonSchema = {
  type: 'object',
  properties: { id: { type: 'string', format: 'uuid' }, next: ref },
  required: ['id'],
};
const schemas = { Claim: claim };

describe('the type of a value', () => {
  it.each<[JsonSchema, string]>([
    [ref, 'Claim'],
    [{ type: 'array', items: ref }, 'list of Claim'],
    [{ type: 'array', items: { anyOf: [ref, { type: 'null' }] } }, 'list of (Claim or null)'],
    [{ type: ['string', 'null'], format: 'uuid' }, 'string (uuid) or null'],
    [{ type: 'string', enum: ['open', 'ended'] }, '"open" | "ended"'],
    [{ anyOf: [ref, { type: 'null' }] }, 'Claim or null'],
    [{ type: 'object', additionalProperties: { type: 'number' } }, 'object of number'],
    [{ ...claim, additionalProperties: false }, 'object'],
    [{}, 'any JSON'],
  ])('%j is %s', (schema, text) => {
    expect(typeText(schema)).toBe(text);
  });
});

it('says the limits of a value, and no pattern beside its format', () => {
  expect(limitsText({ type: 'integer', minimum: 1, maximum: 500, default: 200 })).toBe(
    '1 to 500, default 200',
  );
  expect(limitsText({ type: 'string', maxLength: 9, pattern: '^a' })).toBe(
    'at most 9 characters, matches ^a',
  );
  expect(limitsText({ type: 'array', minItems: 1 })).toBe('at least 1 items');
  expect(limitsText({ type: 'string', format: 'uuid', pattern: '^a' })).toBe('');
});

describe('what is below', () => {
  it('is found through references, lists and what may be null, one level at a time', () => {
    const below = [
      { name: 'id', required: true, schema: claim.properties?.['id'] },
      { name: 'next', required: false, schema: ref },
    ];
    expect(fieldsOf({ type: 'array', items: ref }, schemas)).toEqual(below);
    expect(fieldsOf({ anyOf: [{ type: 'null' }, ref] }, schemas)).toEqual(below);
    const orNull = { anyOf: [ref, { type: 'null' }] };
    const oneOrMany = { anyOf: [...orNull.anyOf, { type: 'array', items: orNull }] };
    expect(fieldsOf(oneOrMany, schemas)).toEqual(below);
    expect(fieldsOf({ type: 'string' }, schemas)).toEqual([]);
  });

  it('ends where a value is a list of itself', () => {
    const text: JsonSchema = { type: 'string' };
    const value: JsonSchema = {
      anyOf: [text, { type: 'number' }, { type: 'array', items: { $ref: '#/components/schemas/Value' } }],
    };
    expect(fieldsOf({ $ref: '#/components/schemas/Value' }, { Value: value })).toEqual([]);
  });

  it('is a line for each of several forms, by what tells them apart', () => {
    const form = (type: string): JsonSchema => ({ type: 'object', properties: { type: { const: type } } });
    const names = fieldsOf({ oneOf: [form('claim'), form('batch'), ref] }, schemas).map(({ name }) => name);
    expect(names).toEqual(['type: "claim"', 'type: "batch"', 'Claim']);
  });

  it('is any name of an object that names none', () => {
    const schema: JsonSchema = { type: 'object', additionalProperties: { type: 'number' } };
    expect(fieldsOf(schema, {})).toEqual([{ name: 'any name', required: null, schema: { type: 'number' } }]);
  });
});

it('makes the least body that is allowed', () => {
  const body: JsonSchema = {
    type: 'object',
    properties: {
      name: { type: 'string' },
      count: { type: 'integer', minimum: 1 },
      mode: { type: 'string', enum: ['a', 'b'] },
      left: { type: 'boolean' },
      more: { type: 'string' },
    },
    required: ['name', 'count', 'mode', 'left'],
  };
  expect(exampleOf(body, {})).toEqual({ name: '…', count: 1, mode: 'a', left: false });
});
