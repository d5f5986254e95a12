import { expect, it } from 'vitest';

import { isShown, readView, writeView } from './views.rules.ts';

it('keeps a view as its address says it', () => {
  const search = {
    group: 'server',
    fill: 'age',
    problems: 'only',
    q: 'a & b=c 100',
    select: '65f0',
    kind: 'instance,container',
  } as const;
  expect(readView(writeView(search))).toEqual(search);
  expect(writeView({ group: undefined })).toBe('');
});

it('drops what another version saved and this one does not know', () => {
  expect(readView('fill=smell&group=server&colour=red')).toEqual({ group: 'server', fill: undefined });
});

it('knows a view by all but its selection, in any order', () => {
  expect(isShown('fill=age&problems=only&select=x', { problems: 'only', fill: 'age' })).toBe(true);
  expect(isShown('fill=age', { problems: 'only', fill: 'age' })).toBe(false);
});
