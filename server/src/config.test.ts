import { existsSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { configurationTable } from './config-variables.ts';
import { ConfigError, readConfig } from './config.ts';

const faultsOf = (env: Record<string, string>): string => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
  }
  return '';
};

describe('readConfig', () => {
  it('needs nothing: what is not told is a default or not configured', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      port: 8080,
      host: null,
      trustProxy: 0,
      databaseUrl: null,
      logLevel: 'info',
    });
    expect(config.cycle).toMatchObject({ socketPath: '/var/run/cycle/api/api.sock', token: null });
    expect(config.scheduler).toEqual({ url: 'http://env-scheduler', addresses: [], accessKey: null });
    expect(config.rerobots).toEqual({ url: 'https://api.rerobots.net', token: null });
    expect(config.platform).toEqual({ url: 'https://api.cycle.io', apiKey: null, hubId: null });
  });

  it('trusts one proxy inside a Cycle instance unless told otherwise', () => {
    expect(readConfig({ CYCLE_INSTANCE_ID: 'abc' }).trustProxy).toBe(1);
    expect(readConfig({ CYCLE_INSTANCE_ID: 'abc', TRUST_PROXY: '0' }).trustProxy).toBe(0);
  });

  it('takes an empty variable as absent', () => {
    expect(readConfig({ PORT: '', REROBOTS_API_TOKEN: '' })).toMatchObject({
      port: 8080,
      rerobots: { token: null },
    });
  });

  it('reads lists with spaces and empty items', () => {
    expect(readConfig({ ADMIN_USERS: ' ada, bob,,' }).adminUsers).toEqual(['ada', 'bob']);
  });

  it.each([
    ['https://dash.example/', 'https://dash.example'],
    ['https://dash.example:8443/ops/dash/', 'https://dash.example:8443/ops/dash'],
  ])('takes PUBLIC_URL with a path, and without its last slash: %s', (given, publicUrl) => {
    expect(readConfig({ PUBLIC_URL: given }).publicUrl).toBe(publicUrl);
  });

  it.each([
    'https://h/a"b',
    'https://h/a;b',
    'https://h/?q=1',
    'https://h/#x',
    'https://h/api',
    'https://h/assets/x',
  ])('refuses %s, which could not be served from', (given) => {
    expect(faultsOf({ PUBLIC_URL: given })).toContain('PUBLIC_URL: expected a path of letters');
  });

  it('says all faults at once, each with its variable and what was expected', () => {
    const message = faultsOf({
      PORT: '99999',
      TRUST_PROXY: 'yes',
      SCHEDULER_ADDRESSES: 'shard-1',
      LOG_LEVEL: 'loud',
    });
    expect(message.split('\n')).toEqual([
      'The configuration has faults:',
      '  PORT: expected a port number from 0 to 65535',
      '  TRUST_PROXY: expected how many proxies are in front, from 0 to 10',
      '  SCHEDULER_ADDRESSES: expected IP addresses separated by commas',
      '  LOG_LEVEL: expected debug, info, warn or error',
    ]);
  });

  it.each([
    ['SESSION_SECRET', 'hunter2'],
    ['DATABASE_URL', 'mysql://u:hunter2@h/d'],
    ['REROBOTS_API_URL', 'https://u:hunter2@host'],
    ['PUBLIC_URL', 'ftp://hunter2'],
  ])('never prints the value of a bad %s', (name, value) => {
    expect(faultsOf({ [name]: value })).toContain(`${name}: expected`);
    expect(faultsOf({ [name]: value })).not.toContain('hunter2');
  });
});

describe('the README', () => {
  const readme = new URL('../../README.md', import.meta.url);
  const text = existsSync(readme) ? readFileSync(readme, 'utf8') : '';
  const [, table] = /<!-- configuration -->\n+([\s\S]*?)\n+<!-- \/configuration -->/.exec(text) ?? [];

  it.skipIf(table === undefined)('has the table of variables as it is', () => {
    const cells = (markdown: string) =>
      markdown
        .split('\n')
        .filter((line) => !/^\|[\s|:-]+\|$/.test(line))
        .map((line) =>
          line
            .split('|')
            .map((cell) => cell.trim())
            .join('|'),
        );
    expect(cells(table ?? '')).toEqual(cells(configurationTable()));
  });
});
