import { describe, expect, it } from 'vitest';

import type { Answer } from '../http-call.ts';
import { rateLimitOf, rerobotsRefusal } from './errors.ts';
import { rerobotsTime } from './time.ts';
import { deploymentOf, instanceOf, listedInstancesOf, reservationsOf } from './to-domain.ts';
import { instanceAnswer, instancesAnswer, reservationsAnswer } from './wire.ts';

describe('times', () => {
  it.each([
    ['2026-11-21 02:22:50.785496', Date.UTC(2026, 10, 21, 2, 22, 50, 785)],
    ['2026-11-21 02:22:50', Date.UTC(2026, 10, 21, 2, 22, 50)],
    ['2026-11-21 02:22 UTC', Date.UTC(2026, 10, 21, 2, 22)],
    ['2026-11-21T02:22:50.785496Z', Date.UTC(2026, 10, 21, 2, 22, 50, 785)],
    ['1795231713', 1_795_231_713_000],
    [1_795_231_713, 1_795_231_713_000],
    ['yesterday', null],
    ['', null],
    [null, null],
    [undefined, null],
  ])('%s', (text, ms) => {
    expect(rerobotsTime(text)).toBe(ms);
  });
});

describe('refusals', () => {
  const now = Date.UTC(2026, 10, 21);
  const answer = (status: number, body: object | string, headers: Record<string, string> = {}): Answer => ({
    status,
    headers,
    json: typeof body === 'string' ? undefined : body,
    text: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const none = {
    'x-ratelimit-limit': '3600',
    'x-ratelimit-remaining': '-1',
    'x-ratelimit-reset': String(now / 1_000 + 90),
  };

  it.each([
    [400, { error_message: 'wrong authorization token' }, 'unauthorized', undefined],
    [400, { error_message: 'authentication failed' }, 'unauthorized', undefined],
    [400, { error_message: 'unrecognized command' }, 'refused', 'refused'],
    [
      503,
      { result_message: 'All matching workspace deployments are busy. Try again later.' },
      'refused',
      'busy',
    ],
    [404, { error: 'All feasible workspace deployments are busy' }, 'refused', 'busy'],
    [404, { error: 'no matching wdeployment found' }, 'refused', 'not-found'],
    [404, '', 'refused', 'not-found'],
    [503, { result_message: 'This instance is busy. Try again later.' }, 'refused', 'busy'],
    [400, { error_message: 'instance does not have VPN' }, 'refused', 'no-vpn'],
    [503, { error: 'workspace deployment temporarily unavailable, try again later' }, 'refused', 'offline'],
    [
      400,
      { error: 'workspace deployment is locked out (unavailable), please contact us ' },
      'refused',
      'locked-out',
    ],
    [400, { error: 'workspace deployment is permanently unavailable' }, 'refused', 'dissolved'],
    [400, { error_message: 'cannot terminate instance that is init' }, 'refused', 'initialising'],
    [400, { error_message: 'cannot terminate instance that is init_fail' }, 'refused', 'over'],
    [400, { error_message: 'instance already terminating' }, 'refused', 'over'],
    [403, '', 'refused', 'not-permitted'],
  ])('%i %j is %s %s', (status, body, fault, code) => {
    const error = rerobotsRefusal(answer(status, body), now);
    expect([error?.fault, error?.detail.upstreamCode]).toEqual([fault, code]);
  });

  it('takes an empty 403 without calls remaining for the rate limit, until its reset', () => {
    const error = rerobotsRefusal(answer(403, '', none), now);
    expect([error?.fault, error?.detail.retryAfterSeconds]).toEqual(['rate-limited', 90]);
    expect(rateLimitOf(none)).toEqual({ limit: 3600, remaining: -1, resetsAtMs: now + 90_000 });
    expect(rateLimitOf({ 'x-ratelimit-limit': '60' })).toBeNull();
  });

  it('leaves a failing service to its status', () => {
    expect(rerobotsRefusal(answer(500, '500 Internal Server Error'), now)).toBeNull();
  });
});

describe('answers', () => {
  it('come as ids or as details, with lists that may be missing', () => {
    const plain = instancesAnswer.parse({
      workspace_instances: ['i1'],
      workspace_deployments: ['d1'],
      page_count: 1,
    });
    expect(listedInstancesOf(plain)).toMatchObject([{ id: 'i1', deploymentId: 'd1', status: null }]);
    const detailed = instancesAnswer.parse({
      workspace_instances: [
        { id: 'i1', status: 'ready', deployment: 'd2', starttime: '2026-11-21T02:30:10Z' },
      ],
    });
    expect(listedInstancesOf(detailed)).toMatchObject([{ id: 'i1', deploymentId: 'd2', status: 'READY' }]);
    expect(listedInstancesOf(instancesAnswer.parse({ workspace_instances: null }))).toEqual([]);
    expect(reservationsOf(reservationsAnswer.parse({ reservations: null }))).toEqual([]);
  });

  it.each([
    ['wd:d1', 'd1', null],
    ['deployment d1', 'd1', null],
    ['type basic_kobuki', null, 'basic_kobuki'],
    ['something new', null, null],
  ])('name what a reservation is for: %s', (desc, deploymentId, type) => {
    const wire = reservationsAnswer.parse({
      reservations: [{ id: 'r', created: '2026-11-21 02:30 UTC', desc }],
    });
    expect(reservationsOf(wire)).toMatchObject([
      { deploymentId, type, createdAt: Date.UTC(2026, 10, 21, 2, 30) },
    ]);
  });

  it('have a way in only where there is one, and unknown states pass', () => {
    const init = instanceOf(instanceAnswer.parse({ id: 'i', status: 'INIT', fwd: {} }));
    expect(init).toMatchObject({ status: 'INIT', address: null, hostKeys: [], hasVpn: false });
    const fwd = { ipv4: '198.51.100.7', port: 2210 };
    const ready = instanceOf(
      instanceAnswer.parse({ id: 'i', status: 'READY', fwd, hostkeys: ['k'], key: 'PRIVATE' }),
    );
    expect(ready).toMatchObject({ address: { host: '198.51.100.7', port: 2210 }, hostKeys: ['k'] });
    expect(JSON.stringify(ready)).not.toContain('PRIVATE');
    expect(instanceOf(instanceAnswer.parse({ id: 'i', status: 'FAULT' })).status).toBe('UNKNOWN');
  });

  it('tell nothing of a deployment that is not told', () => {
    expect(deploymentOf('d', {})).toMatchObject({
      online: null,
      queueLength: null,
      lockedOut: false,
      createdAt: null,
    });
  });
});
