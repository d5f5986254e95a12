import { describe, expect, it } from 'vitest';

import type { JsonSchema } from '../../lib/json-schema.ts';
import { emptyDraft, formOf, valueOf } from './form.rules.ts';

const event: JsonSchema = {
  type: 'object',
  properties: {
    event: { type: 'string' },
    type: { type: 'string', enum: ['info', 'error'] },
    attempts: { type: 'integer' },
    isLast: { type: 'boolean' },
    text: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    tags: { type: 'array', items: { type: 'string' } },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    extra: {},
  },
  required: ['event', 'type'],
};

describe('a form', () => {
  it('is made of the fields of its schema', () => {
    const form = formOf(event);
    expect(form.kind).toBe('object');
    const kinds = form.kind === 'object' ? form.fields.map(({ name, form: { kind } }) => [name, kind]) : [];
    expect(Object.fromEntries(kinds)).toEqual({
      event: 'text',
      type: 'choice',
      attempts: 'number',
      isLast: 'choice',
      text: 'text',
      tags: 'list',
      labels: 'record',
      extra: 'json',
    });
  });

  it('asks for JSON where several forms are allowed, or unknown names beside known ones', () => {
    expect(formOf({ anyOf: [{ type: 'string' }, { type: 'number' }] }).kind).toBe('json');
    expect(formOf({ ...event, additionalProperties: {} }).kind).toBe('json');
  });

  it('begins with one item where the body is a list', () => {
    expect(emptyDraft(formOf({ type: 'array', items: { type: 'string' } }), true)).toEqual(['']);
    expect(emptyDraft(formOf({ type: 'array', items: { type: 'string' } }))).toEqual([]);
  });
});

describe('what is sent', () => {
  it('has the types of the schema, and nothing that was not given', () => {
    const draft = {
      event: 'render.failed',
      type: 'error',
      attempts: '2',
      isLast: 'false',
      text: '',
      tags: ['prod'],
      labels: [
        { name: 'queue', draft: 'render' },
        { name: '', draft: 'dropped' },
      ],
      extra: '{"code":137}',
    };
    expect(valueOf(formOf(event), draft)).toEqual({
      event: 'render.failed',
      type: 'error',
      attempts: 2,
      isLast: false,
      tags: ['prod'],
      labels: { queue: 'render' },
      extra: { code: 137 },
    });
    expect(valueOf(formOf(event), emptyDraft(formOf(event)))).toEqual({});
  });

  it('keeps as text what is no number, so that its field is named', () => {
    expect(valueOf(formOf({ type: 'integer' }), 'two')).toBe('two');
    expect(valueOf(formOf({ type: 'integer' }), ' ')).toBe(' ');
    expect(valueOf(formOf({ type: 'integer' }), '1.5')).toBe(1.5);
  });

  it('leaves an object out that is optional and empty', () => {
    const schema: JsonSchema = { type: 'object', properties: { component: event } };
    expect(valueOf(formOf(schema), emptyDraft(formOf(schema)))).toEqual({});
  });
});
