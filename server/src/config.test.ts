import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { configurationTable, variables } from './config-variables.ts';
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
    expect(config.platform).toEqual({
      url: 'https://api.cycle.io',
      apiKey: null,
      hubId: null,
      cacheMs: 10_000,
    });
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

  it('offers a sign-in provider only with all that it needs', () => {
    const issuer = { OIDC_ISSUER: 'https://login.example/realms/team' };
    const all = { ...issuer, OIDC_CLIENT_ID: 'dash', PUBLIC_URL: 'https://dash.example' };
    expect(readConfig({}).oidc).toBeNull();
    expect(readConfig(all).oidc).toMatchObject({
      issuer: 'https://login.example/realms/team',
      clientSecret: null,
      nameClaim: 'preferred_username',
      groupsClaim: 'groups',
      confirmMinutes: 15,
    });
    expect(faultsOf({ ...issuer, PUBLIC_URL: 'https://dash.example' })).toContain('OIDC_CLIENT_ID: expected');
    expect(faultsOf({ ...issuer, OIDC_CLIENT_ID: 'dash' })).toContain('PUBLIC_URL: expected');
    expect(faultsOf({ ...all, OIDC_ISSUER: 'http://login.example' })).toContain('OIDC_ISSUER: expected');
    expect(faultsOf({ ...all, OIDC_SCOPES: 'profile' })).toContain('OIDC_SCOPES: expected');
  });

  it('takes a break-glass admin only with a name and a hash, and never shows what was given', () => {
    const hash = `$scrypt$ln=15,r=8,p=3$${'a'.repeat(22)}$${'b'.repeat(43)}`;
    const all = { BREAK_GLASS_USER: 'axe', BREAK_GLASS_PASSWORD_HASH: hash };
    expect(readConfig(all).breakGlass).toEqual({ user: 'axe', passwordHash: hash });
    expect(faultsOf({ BREAK_GLASS_USER: 'axe' })).toContain('BREAK_GLASS_PASSWORD_HASH: expected');
    expect(faultsOf({ BREAK_GLASS_PASSWORD_HASH: hash })).toContain('BREAK_GLASS_USER: expected');
    const plain = faultsOf({ ...all, BREAK_GLASS_PASSWORD_HASH: 'hunter2' });
    expect(plain).toContain('npm run hash-password');
    expect(plain).not.toContain('hunter2');
  });

  it('sends alerts to a webhook only with what signs them, and never shows it', () => {
    const [url, secret] = ['https://hooks.example/in/hunter2', `whsec_${'A'.repeat(43)}=`];
    const all = { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: `${secret} ${secret}` };
    expect(readConfig({}).alertWebhook).toBeNull();
    expect(readConfig(all).alertWebhook).toEqual({ url, secrets: [secret, secret] });
    expect(faultsOf({ ALERT_WEBHOOK_URL: url })).toContain('ALERT_WEBHOOK_SECRET: expected');
    for (const [name, bad] of [
      ['ALERT_WEBHOOK_URL', 'http://hooks.example/in/hunter2'],
      ['ALERT_WEBHOOK_SECRET', 'whsec_hunter2'],
      ['ALERT_WEBHOOK_SECRET', `${secret},hunter2`],
    ] as const) {
      expect(faultsOf({ ...all, [name]: bad })).toContain(`${name}: expected`);
      expect(faultsOf({ ...all, [name]: bad })).not.toContain('hunter2');
    }
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

describe('a secret in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cyclorama-config-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const fileWith = (content: string): string => {
    const path = join(folder, 'hunter2-path');
    writeFileSync(path, content);
    return path;
  };
  const secret = 'hunter2 hunter2 hunter2 hunter2 hunter2';
  const names = Object.entries(variables).flatMap(([name, variable]) => ('secret' in variable ? [name] : []));

  it('is taken for every setting that holds one', () => {
    expect(names).toEqual(
      expect.arrayContaining([
        'CYCLE_API_TOKEN',
        'SCHEDULER_ACCESS_KEY',
        'REROBOTS_API_TOKEN',
        'CYCLE_PLATFORM_API_KEY',
        'DATABASE_URL',
        'SESSION_SECRET',
      ]),
    );
    const secretLike = Object.keys(variables).filter((name) =>
      /TOKEN|SECRET|_KEY$|PASSWORD|DATABASE_URL/.test(name),
    );
    expect(secretLike.filter((name) => !names.includes(name))).toEqual([]);
  });

  it('is read without the line end after it', () => {
    for (const end of ['', '\n', '\r\n']) {
      const config = readConfig({ REROBOTS_API_TOKEN_FILE: fileWith(`token${end}`) });
      expect(config.rerobots.token).toBe('token');
    }
  });

  it.each(names)('is refused for %s where the setting is there too, naming both', (name) => {
    const faults = faultsOf({ [name]: secret, [`${name}_FILE`]: fileWith(secret) });
    expect(faults).toContain(`${name}, ${name}_FILE: expected one of them, not both`);
    expect(faults).not.toContain('hunter2');
  });

  it.each(names)('is refused for %s in plain words where it can’t be read or is empty', (name) => {
    const missing = faultsOf({ [`${name}_FILE`]: join(folder, 'hunter2-missing') });
    expect(missing).toContain(`${name}_FILE: expected the path of a file this process can read (ENOENT)`);
    const empty = faultsOf({ [`${name}_FILE`]: fileWith('\n') });
    expect(empty).toContain(`${name}_FILE: expected a file with the secret in it; it is empty`);
    expect(missing + empty).not.toContain('hunter2');
  });

  it('is checked like the setting itself', () => {
    const faults = faultsOf({ SESSION_SECRET_FILE: fileWith('hunter2') });
    expect(faults).toContain('SESSION_SECRET: expected at least 32 characters');
    expect(faults).not.toContain('hunter2');
  });
});

describe('the session secret', () => {
  const [first, second] = ['a'.repeat(32), 'b'.repeat(32)] as const;

  it.each([
    ['one', first, [first]],
    ['several with commas', `${first}, ${second}`, [first, second]],
    ['several in lines', `${first}\n${second}\n`, [first, second]],
  ])('is %s', (_what, given, expected) => {
    expect(readConfig({ SESSION_SECRET: given }).sessionSecrets).toEqual(expected);
  });

  it('is refused where one of several is too short', () => {
    expect(faultsOf({ SESSION_SECRET: `${first},short` })).toContain('SESSION_SECRET: expected at least 32');
  });

  it('is needed with PostgreSQL, so that it does not lie beside what it seals', () => {
    const DATABASE_URL = 'postgres://u@h/d';
    expect(faultsOf({ DATABASE_URL })).toContain('SESSION_SECRET: expected with DATABASE_URL');
    expect(readConfig({ DATABASE_URL, SESSION_SECRET: first }).databaseUrl).toBe(DATABASE_URL);
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
