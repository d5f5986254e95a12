import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { readCliOptions } from './cli-options.ts';
import { writeEnvFile } from './env-file.ts';
import { cycle, startStill } from './simulator.fixture.ts';

describe('the command line', () => {
  it('has a default for everything', () => {
    expect(readCliOptions([])).toMatchObject({
      scenario: 'healthy',
      profile: 'observed',
      seed: 1,
      speed: 1,
      clock: 'real',
    });
  });

  it.each([
    [['--scenario', 'sunny'], /--scenario: expected one of healthy/],
    [['--profile', 'x'], /--profile: expected one of documented, observed/],
    [['--seed', '1.5'], /--seed: expected a whole number/],
    [['--speed', '0'], /--speed: expected a number/],
    [['--port-base', '99999'], /--port-base/],
    [['--launch-delay', '1.5'], /--launch-delay: expected a whole number/],
    [['--what'], /--what/],
    [['extra'], /extra/],
  ])('refuses %j', (args, message) => expect(() => readCliOptions(args)).toThrow(message));
});

describe('the environment file', () => {
  it('is written whole, for its owner only, over an older one', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'env-file-'));
    onTestFinished(() => rm(directory, { recursive: true }));
    const path = join(directory, 'sim.env');
    await writeFile(path, 'OLD=1\n', { mode: 0o644 });
    await writeEnvFile(path, { NAME: 'value', OTHER: 'a=b' });
    expect(await readFile(path, 'utf8')).toBe('NAME=value\nOTHER=a=b\n');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(directory)).toEqual(['sim.env']);
  });

  it('has every address and credential the product needs', async () => {
    const { env } = await startStill();
    const names = [
      'CYCLE_API_SOCKET',
      'CYCLE_API_TOKEN',
      'CYCLE_METADATA_FILE',
      'SCHEDULER_URL',
      'SCHEDULER_ADDRESSES',
      'SCHEDULER_ACCESS_KEY',
      'REROBOTS_API_URL',
      'REROBOTS_API_TOKEN',
      'CYCLE_PLATFORM_URL',
      'CYCLE_PLATFORM_API_KEY',
      'CYCLE_HUB_ID',
      'ADMIN_USERS',
      'OPERATOR_USERS',
      'SIM_VPN_USER',
      'SIM_OPERATOR',
      'SIM_VIEWER',
      'SIM_FUNCTION_CONTAINER',
      'SIM_HUB_INTEGRATION',
      'SIM_METADATA_FILE',
      'SIM_CONTROL_URL',
    ];
    expect(names.filter((name) => !/^\S+$/.test(env[name] ?? ''))).toEqual([]);
  });
});

describe("the instance's metadata file", () => {
  it('is what the environment says of itself, without envelope, name or state', async () => {
    const simulator = await startStill();
    const path = simulator.env.SIM_METADATA_FILE ?? '';
    const { id, deployments, private_network, services } = (await cycle(simulator, '/v1/environment')).json
      .data;
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ id, deployments, private_network, services });
    expect(services.scheduler.config.access_keys[0].secret).toContain('SECRET-');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });
});

describe('closing', () => {
  it('takes the socket and the metadata file away', async () => {
    const simulator = await startStill();
    const paths = [simulator.env.CYCLE_API_SOCKET ?? '', simulator.env.SIM_METADATA_FILE ?? ''];
    await Promise.all(paths.map((path) => stat(path)));
    await simulator.close();
    for (const path of paths) await expect(stat(path)).rejects.toThrow('ENOENT');
  });
});
