import { snapshotsRequest } from '@cyclorama/shared/monitoring.ts';
import { expect, it } from 'vitest';

import { exampleSnapshots } from './snapshot-example.ts';
import {
  disconnects,
  latencyByInstance,
  readSnapshots,
  requestsByInstance,
  responses,
  urlRows,
} from './snapshot.rules.ts';

const example = exampleSnapshots('2026-03-26T09:15:00Z');
const [, snapshot] = (() => {
  const read = readSnapshots(JSON.stringify(example));
  if ('error' in read) throw new Error(read.error);
  const [first] = read.controllers;
  if (first === undefined) throw new Error('expected a controller');
  return first;
})();
const nameOf = (id: string) => id.slice(-1);

it('draws what the example holds, which Cycle takes', () => {
  expect(snapshotsRequest.parse(example)).toEqual(example);
  const { current } = snapshot;
  expect(requestsByInstance(current, nameOf)).toEqual([
    { name: '1', value: 120 },
    { name: '2', value: 80 },
  ]);
  expect(latencyByInstance(current, nameOf)).toEqual([
    { name: '2', value: 6 },
    { name: '1', value: 2 },
  ]);
  expect(responses(current)).toEqual([
    { name: '200', value: 196 },
    { name: '404', value: 4 },
  ]);
  expect(disconnects(current)[0]).toEqual({ name: 'Closed normally', value: 40 });
  expect(urlRows(current)).toEqual([
    { key: 'GET:api.example.com/v1', method: 'GET', url: 'api.example.com/v1', total: 198, averageMs: 19 },
  ]);
});

it('holds nothing of a half without routers and URLs', () => {
  expect(urlRows(snapshot.cumulative)).toEqual([]);
  expect(requestsByInstance(snapshot.cumulative, nameOf)).toEqual([]);
});

it.each([
  ['{', 'This is no JSON.'],
  ['{}', 'Expected an object with a snapshot for each controller.'],
])('says what is wrong with %s', (text, error) => {
  expect(readSnapshots(text)).toEqual({ error });
});

it('names the place that is not as it should be', () => {
  const read = readSnapshots(JSON.stringify({ 'port-80': { ...snapshot, current: {} } }));
  expect('error' in read && read.error).toMatch(/^port-80\.current\.metrics: /);
});
