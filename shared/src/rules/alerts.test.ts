import { describe, expect, it } from 'vitest';

import { alertMeasure } from '../alerts.ts';
import {
  acknowledgeRefusal,
  alertMeasureUnits,
  alertValueText,
  conditionText,
  inScope,
  matchesPattern,
  matchOf,
} from './alerts.ts';

const instance = {
  kind: 'instance' as const,
  id: 'i1',
  name: 'api-1',
  containerId: 'c1',
  serverId: 's1',
  locationId: 'l1',
  hostname: 'api-1',
  state: { current: 'running', changed: '2026-03-01T00:00:00Z', error: null },
  health: 'healthy' as const,
  healthSince: null,
  ready: null,
  readySince: null,
  readyState: 'active',
  privateIp: null,
  service: null,
  isFunction: false,
  deployment: 'v1',
  migratingTo: null,
  startedAt: null,
};
const stateOf = (current: string, error: string | null = null) => ({
  state: { current, changed: '2026-03-02T00:00:00Z', error },
});
const is = (word: 'unhealthy' | 'not-ready' | 'failed' | 'not-running', over: object = {}) =>
  matchOf({ kind: 'instance-state', is: word }, { ...instance, ...over });

describe('what an alert condition sees in a node', () => {
  it('is health only of what runs, since it was first seen so', () => {
    const since = { health: 'unhealthy', healthSince: '2026-03-03T00:00:00Z' };
    expect(is('unhealthy')).toBeNull();
    expect(is('unhealthy', since)).toEqual({ since: Date.UTC(2026, 2, 3), detail: 'unhealthy' });
    expect(is('unhealthy', { ...since, ...stateOf('stopped') })).toBeNull();
    expect(is('not-ready', { ready: false })).toMatchObject({ detail: 'not ready' });
  });

  it('is a failure with what Cycle says of it', () => {
    expect(is('failed', stateOf('failed', 'exit code 1'))).toEqual({
      since: Date.UTC(2026, 2, 2),
      detail: 'exit code 1',
    });
  });

  it('is not running only where it is meant to run', () => {
    expect(is('not-running', stateOf('stopped'))).toMatchObject({ detail: 'stopped' });
    expect(is('not-running', { ...stateOf('stopped'), isFunction: true })).toBeNull();
    expect(is('not-running', { ...stateOf('stopped'), readyState: 'hibernate' })).toBeNull();
  });

  it('is a certificate’s end, ahead of time', () => {
    const domain = {
      kind: 'domain' as const,
      id: 'd1',
      name: 'example.com',
      containerId: null,
      virtualMachineId: null,
      tls: true,
      record: null,
      certificateExpires: '2026-03-20T00:00:00Z',
      certificateIssued: null,
      certificateIsOwn: null,
      state: null,
    };
    const match = matchOf({ kind: 'certificate', daysLeft: 14 }, domain);
    expect(match?.since).toBe(Date.UTC(2026, 2, 6));
    expect(
      matchOf({ kind: 'certificate', daysLeft: 14 }, { ...domain, certificateExpires: null }),
    ).toBeNull();
  });
});

it('a scope names objects by id, name or deployment, or is of all', () => {
  const of = { id: 'i1', names: ['Api-1', 'api'], containerId: 'c1', serverId: 's1', deployment: 'v1' };
  const scope = (over: object) => ({ objects: [], names: [], deployments: [], ...over });
  expect(inScope(scope({}), of)).toBe(true);
  for (const id of ['i1', 'c1', 's1']) expect(inScope(scope({ objects: [id] }), of)).toBe(true);
  expect(inScope(scope({ objects: ['c2'] }), of)).toBe(false);
  expect(inScope(scope({ objects: ['c2'], names: ['API'] }), of)).toBe(true);
  expect(inScope(scope({ names: ['web', 'w*'] }), of)).toBe(false);
  expect(inScope(scope({ objects: ['c1'], deployments: ['v2'] }), of)).toBe(false);
  expect(inScope(scope({ names: ['api'], deployments: ['v2'] }), of)).toBe(false);
  expect(inScope(scope({ deployments: ['v1'] }), { id: 'd1', names: [] })).toBe(false);
});

it.each([
  ['api', ['api', 'API'], ['api-1', 'my-api', '']],
  ['api-*', ['api-', 'api-1'], ['api', 'my-api-1']],
  ['*api', ['api', 'my-api'], ['api-1']],
  ['*a*b*', ['ab', 'xaxbx'], ['ba', 'a']],
  ['a*a', ['aa', 'aba'], ['a']],
  ['a*b*ab', ['a-b-ab', 'abab'], ['aab', 'ab']],
  ['a.c', ['a.c'], ['abc']],
  ['*', ['', 'anything'], []],
])('the pattern %s stands for some names and not for others', (pattern, those, others) => {
  expect(those.filter((name) => !matchesPattern(pattern, name))).toEqual([]);
  expect(others.filter((name) => matchesPattern(pattern, name))).toEqual([]);
});

it('every measure has a name and a unit, and a value a text', () => {
  for (const measure of alertMeasure.options) expect(alertMeasureUnits[measure].label).not.toBe('');
  expect(alertValueText('memoryShare', 96.24)).toBe('96.2 %');
  expect(alertValueText('memory', 1536)).toBe('1.5 KiB');
  expect(alertValueText('receive', 3 * 1024 ** 2)).toBe('3 MiB/s');
  expect(alertValueText('processes', 12)).toBe('12');
  expect(conditionText({ kind: 'measure', measure: 'cpu', than: 'above', threshold: 90 })).toBe(
    'CPU above 90 %',
  );
  const group = { kind: 'group-measure', by: 'sum', than: 'above' } as const;
  expect(conditionText({ ...group, of: 'container', measure: 'cpu', threshold: 250 })).toBe(
    'CPU, sum of a container above 250 %',
  );
  expect(conditionText({ ...group, of: 'server', measure: 'memoryShare', threshold: 90 })).toBe(
    'Memory of all limits of a server above 90 %',
  );
});

it('what fires can be acknowledged once', () => {
  expect(acknowledgeRefusal({ state: 'firing', acknowledged: null })).toBeNull();
  expect(acknowledgeRefusal({ state: 'firing', acknowledged: {} })).toContain('already');
  expect(acknowledgeRefusal({ state: 'pending', acknowledged: null })).toContain('not fire yet');
  expect(acknowledgeRefusal({ state: 'resolved', acknowledged: null })).toContain('over');
});
