import { expect, it } from 'vitest';

import { booking, deployment } from '../../testing/builders/robots.ts';
import { container, instance, location } from '../../testing/builders/topology.ts';
import { commandsOf, targetsOf } from './commands.rules.ts';
import { entriesOf } from './entries.rules.ts';
import type { PaletteData } from './entries.rules.ts';
import { finderOf } from './rank.rules.ts';

const data = (over: Partial<PaletteData> = {}): PaletteData => ({
  nodes: [
    location('l', 'api'),
    container('651586fca6078e98982dbd90', { name: 'old api' }),
    container('651586fca6078e98982dc222', { name: 'api' }),
    container('651586fca6078e98982dc333', { name: 'discovery', service: 'discovery' }),
    instance('651586fca6078e98982d0a01', '651586fca6078e98982dc222', {
      name: 'api-1',
      hostname: 'api-1.internal',
      privateIp: 'fd00::17',
    }),
  ],
  deployments: [deployment({ nickname: 'Misty' })],
  bookings: [booking({ owner: 'oscar' })],
  claims: [],
  people: [{ name: 'vera' }],
  variables: [{ name: 'DB_URL' }],
  ...over,
});
const targets = () => targetsOf(entriesOf(data()), data());
const found = (text: string, recent: string[] = [], over: Partial<PaletteData> = {}) =>
  finderOf(entriesOf(data(over)))(text, { recent, limit: 5 }).map(({ label, what }) => `${what} ${label}`);

it.each([
  ['API', 'page API'],
  ['old', 'container old api'],
  ['api old', 'container old api'],
  ['dc222', 'container api'],
  ['bd90', 'container old api'],
  ['fd00::17', 'instance api-1'],
  ['dscvry', 'service discovery'],
  ['misty', 'robot Misty'],
  ['vera', 'person vera'],
  ['db_url', 'variable DB_URL'],
  ['tokens', 'page Access tokens'],
  ['activ', 'page Activity'],
])('“%s” finds %s first', (text, first) => {
  expect(found(text)[0]).toBe(first);
});

it('finds a booking by whose it is, and nothing for no text, letters out of order and a place', () => {
  expect(found('oscar')).toEqual(['booking fixed_misty2 82051afa']);
  expect([found('  '), found('zzyx'), found('yrevocsid')]).toEqual([[], [], []]);
  expect(found('api').filter((each) => each.startsWith('location'))).toEqual([]);
});

it('puts what was opened lately first among alike ones', () => {
  const nodes = [container('c1', { name: 'web-a' }), container('c2', { name: 'web-b' })];
  expect(found('web', [], { nodes })[0]).toBe('container web-a');
  expect(found('web', ['container:c2'], { nodes })[0]).toBe('container web-b');
});

it('offers what a text asks to be done', () => {
  const labels = (text: string) => commandsOf(text, targets, 'operator').map(({ label }) => label);
  expect(labels('restart api')).toEqual(['Restart api', 'Restart api-1', 'Restart old api']);
  expect(labels('book misty')).toEqual(['Book Misty']);
  expect(labels('sign out')).toEqual(['Sign out']);
  expect(labels('dark')).toEqual(['Dark appearance']);
  expect([labels('restart'), labels('re api'), labels('api')]).toEqual([[], [], []]);
});

it('asks what the list would ask: the instances of a container that can be restarted', () => {
  const [command] = commandsOf('restart api', targets, 'operator');
  expect(command).toMatchObject({
    refusal: null,
    detail: '1 instance',
    run: { by: 'tasks', action: 'restart', kind: 'containers', id: '651586fca6078e98982dc222', count: 1 },
  });
  const [, start] = commandsOf('start api', targets, 'operator').map(({ refusal }) => refusal);
  expect(start).toMatch(/^It is running; only/);
});

it('says what a viewer may not do, and lets everybody sign out', () => {
  const refusals = (text: string) => commandsOf(text, targets, 'viewer').map(({ refusal }) => refusal);
  const viewOnly = 'View-only access. Operators can do this.';
  expect(refusals('restart api-1')).toContain(viewOnly);
  expect(new Set(refusals('restart api'))).toEqual(new Set([viewOnly]));
  expect(refusals('book misty')).toEqual([viewOnly]);
  expect(refusals('sign out')).toEqual([null]);
});

it.each(['dscvry', 'api old', 'bd90', 'fd00::17', 'zz', 'apx'])(
  'finds the same for “%s” typed letter by letter, deleted or at once',
  (text) => {
    const entries = entriesOf(data());
    const limits = { recent: [], limit: 5 };
    const find = finderOf(entries);
    for (let length = 1; length < text.length; length += 1) find(text.slice(0, length), limits);
    expect(find(text, limits)).toEqual(finderOf(entries)(text, limits));
    expect(find(text.slice(0, 2), limits)).toEqual(finderOf(entries)(text.slice(0, 2), limits));
  },
);
