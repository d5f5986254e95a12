import { catalogue } from '@cyclorama/shared/catalogue.ts';
import { parseFields } from '@cyclorama/shared/fields.ts';
import type { Fields } from '@cyclorama/shared/fields.ts';
import { describe, expect, it } from 'vitest';

import { WITHHELD } from '../../lib/redact-url.ts';
import { pickAnswer } from './pick-fields.ts';

const of = (id: string) => {
  const operation = catalogue.find((each) => each.id === id);
  if (operation === undefined) throw new Error(`No operation ${id}.`);
  return (json: unknown, status = 200) => pickAnswer(operation, status, json);
};

describe('what the catalogue does not name', () => {
  it('is left out and named, at every depth, whatever it holds', () => {
    const answer = {
      data: [{ id: 'a', colour: 'red', config: { hidden: ['x'] }, image: { id: 'i', source: {} } }],
      more: 1,
    };
    expect(of('cycle.environment.containers')(answer)).toEqual({
      value: { data: [{ id: 'a', config: {}, image: { id: 'i' } }] },
      leftOut: ['colour', 'hidden', 'more', 'source'],
    });
  });

  it.each([
    ['a plain value where an object is named', { data: { creator: 'SECRET' } }, { data: {} }],
    ['an object where a plain value is named', { data: { name: { first: 'SECRET' } } }, { data: {} }],
    [
      'objects in a list of plain values',
      { data: { deployments: { tags: { t: [{ x: 'SECRET' }] } } } },
      { data: { deployments: { tags: { t: [] } } } },
    ],
    ['no object at all', 'SECRET', null],
  ])('%s', (_what, json, value) => {
    expect(of('cycle.environment')(json).value).toEqual(value);
  });

  it('of an error is left out too', () => {
    const error = {
      code: '404.container',
      title: 'Not found',
      detail: 'at https://u:SECRET@host/x',
      stack: 'SECRET',
    };
    expect(of('cycle.container')({ data: null, error }, 404)).toEqual({
      value: {
        data: null,
        error: { code: '404.container', title: 'Not found', detail: 'at https://host/x' },
      },
      leftOut: ['stack'],
    });
  });
});

describe('secrets', () => {
  it('are withheld where the catalogue marks them; null stays, as it reveals nothing', () => {
    const data = [
      { id: 'a', migration: { key: 'SECRET', copy_volumes: true } },
      { id: 'b', migration: null },
      { id: 'c', migration: { key: null } },
    ];
    expect(of('cycle.environment.instances')({ data }).value).toEqual({
      data: [
        { id: 'a', migration: { key: WITHHELD, copy_volumes: true } },
        { id: 'b', migration: null },
        { id: 'c', migration: { key: null } },
      ],
    });
  });

  it('keep their names below a star, whatever those are, and nothing of what is inside', () => {
    const data = JSON.parse(
      '{"DB_URL": "x", "NESTED": {"deep": ["x"]}, "EMPTY": "", "__proto__": "x", "NONE": null}',
    );
    const { value } = of('cycle.environment.scoped-variables')({ data });
    expect(JSON.stringify(value)).toBe(
      '{"data":{"DB_URL":"(withheld)","NESTED":"(withheld)","EMPTY":"(withheld)","__proto__":"(withheld)","NONE":null}}',
    );
  });

  it('are withheld by their names where anything may be', () => {
    const annotations = {
      note: 'hello',
      API_TOKEN: 'SECRET',
      link: 'https://h/x?sig=SECRET',
      deep: { password: 'SECRET' },
    };
    expect(of('cycle.container')({ data: { annotations } }).value).toEqual({
      data: {
        annotations: {
          note: 'hello',
          API_TOKEN: WITHHELD,
          link: 'https://h/x?sig=(withheld)',
          deep: { password: WITHHELD },
        },
      },
    });
  });

  it('leave only the host of an address whose path is one', () => {
    const thresholds = [{ type: 'custom', details: { webhook: 'https://hooks.example.com/T0/SECRET' } }];
    expect(of('cycle.container')({ data: { config: { scale: { thresholds } } } }).value).toEqual({
      data: {
        config: {
          scale: {
            thresholds: [{ type: 'custom', details: { webhook: 'https://hooks.example.com/(withheld)' } }],
          },
        },
      },
    });
  });

  it('in the address of a repository do not leave', () => {
    const projects = {
      p1: { created: 'c', repo_url: 'https://ada:SECRET@git.example.com/app?private_token=SECRET' },
    };
    expect(of('rerobots.ci.projects')(projects).value).toEqual({
      p1: { created: 'c', repo_url: 'https://git.example.com/app?private_token=(withheld)' },
    });
  });
});

/** An answer with a value in every field that the list names, secrets in those that are marked. */
function filled(fields: Fields): unknown {
  return Object.fromEntries(
    [...fields].map(([name, { mark, fields: below }]) => {
      const key = name === '*' ? 'any' : name;
      if (below !== null) return [key, [filled(below)]];
      return [
        key,
        mark === '!' || mark === '^'
          ? 'https://SECRET:SECRET@host/SECRET?x=SECRET'
          : 'https://SECRET@host/x?token=SECRET',
      ];
    }),
  );
}

it.each(catalogue.filter(({ fields }) => fields !== ''))(
  '$id lets every field out that it names, and no secret',
  ({ id, fields }) => {
    const { value, leftOut } = of(id)(filled(parseFields(fields)));
    expect(leftOut).toEqual([]);
    expect(JSON.stringify(value)).not.toContain('SECRET');
  },
);
