import { describe, expect, it } from 'vitest';

import { catalogue, findOperation } from './catalogue.ts';

describe('the catalogue', () => {
  it('names each operation and each address once', () => {
    const ids = catalogue.map(({ id }) => id);
    const addresses = catalogue.map(({ upstream, method, path }) => `${upstream} ${method} ${path}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it('holds all 34 operations of the internal API and the four of the scheduler', () => {
    expect(catalogue.filter(({ upstream }) => upstream === 'cycle')).toHaveLength(34);
    expect(catalogue.filter(({ upstream }) => upstream === 'scheduler')).toHaveLength(4);
  });

  it('lets no viewer change anything', () => {
    expect(catalogue.filter(({ changes, role }) => changes && role === 'viewer')).toEqual([]);
  });

  it('keeps what holds a machine or tests a password out of the proxy', () => {
    const refused = catalogue.filter(({ proxied }) => !proxied).map(({ id }) => id);
    expect(refused).toEqual([
      'cycle.conductor.tasks',
      'cycle.vpn.login',
      'scheduler.functions.claim',
      'scheduler.functions.spawn',
      'scheduler.functions.release',
      'rerobots.new',
      'rerobots.new.target',
      'rerobots.terminate',
      'rerobots.reservation.cancel',
      'rerobots.revoke',
      'rerobots.purge',
      'platform.instance.console',
    ]);
  });
});

describe('findOperation', () => {
  it('finds an operation and its parameters', () => {
    const found = findOperation('scheduler', 'GET', '/v1/functions/651586fca6078e98982d0102/active');
    expect(found?.operation.id).toBe('scheduler.functions.active');
    expect(found?.params).toEqual({ containerId: '651586fca6078e98982d0102' });
  });

  it('takes a literal segment before a parameter', () => {
    expect(findOperation('rerobots', 'POST', '/new')?.operation.id).toBe('rerobots.new');
    expect(findOperation('rerobots', 'POST', '/new/null')?.operation.id).toBe('rerobots.new.target');
  });

  it.each([
    ['another method', 'DELETE', '/v1/environment'],
    ['an unknown path', 'GET', '/v1/secrets'],
    ['a path with dots', 'GET', '/v1/../v1/environment'],
    ['an empty segment', 'GET', '/v1//environment'],
    ['an end slash', 'GET', '/v1/environment/'],
  ])('refuses %s', (_what, method, path) => {
    expect(findOperation('cycle', method, path)).toBeNull();
  });

  it.each(['..', '%2e%2e', 'a%2fb', 'a b', ''])('refuses %j as a parameter', (value) => {
    expect(findOperation('rerobots', 'GET', `/deployment/${value}`)).toBeNull();
  });
});
