import { existsSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { describeOnEachEngine } from '../../testing/engines.fixture.ts';
import { tablesOf } from '../transfer/tables.ts';
import { bounds, boundsTable } from './bounds.ts';

describeOnEachEngine('the list of bounds', (bench) => {
  it('has a row for each table that there is, and no other', async () => {
    const { db, engine } = bench.store;
    const names = (await tablesOf(db, engine)).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(30);
    expect(Object.keys(bounds).toSorted()).toEqual(names);
  });
});

describe('docs/operations.md', () => {
  const page = new URL('../../../../docs/operations.md', import.meta.url);
  const text = existsSync(page) ? readFileSync(page, 'utf8') : '';
  const [, table] = /<!-- bounds -->\n+([\s\S]*?)\n+<!-- \/bounds -->/.exec(text) ?? [];

  it.skipIf(text === '')('has the list as it is', () => {
    const cells = (markdown: string) =>
      markdown
        .split('\n')
        .filter((line) => !/^\|[\s|:-]+\|$/.test(line))
        .map((line) => line.split('|').map((cell) => cell.trim()));
    expect(cells(table ?? '')).toEqual(cells(boundsTable()));
  });
});
