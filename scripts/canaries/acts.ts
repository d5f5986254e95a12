import { setTimeout as sleep } from 'node:timers/promises';

import { paths } from '../../shared/src/paths.ts';
import { callerNamed } from './callers.ts';
import type { Caller } from './callers.ts';
import type { Looks } from './looks.ts';
import type { Canaries } from './plant.ts';
import type { World } from './world.ts';

type Scene = { world: World; looks: Looks; canaries: Canaries; callers: readonly Caller[] };

const STARTS_WITHIN_MS = 60_000;
const JOBS_ARE_KEPT_MS = 60_000;

/** Secrets that people send, where they belong and where they do not. */
export async function tryToSignIn({ looks, canaries, callers }: Scene): Promise<void> {
  const stranger = callerNamed(callers, 'signed out');
  const attempts = [
    { username: 'ada', password: canaries.of('sign-in password') },
    { username: canaries.of('sign-in password in the name’s field'), password: 'wrong' },
  ];
  for (const attempt of attempts) await looks.ask(stranger, 'POST', paths.session(), attempt);
}

/** Books a robot with VPN; its id at rerobots, null where none became ready. */
export async function bookRobot({ looks, callers }: Scene): Promise<string | null> {
  const oscar = callerNamed(callers, 'operator');
  const booked = await looks.ask(oscar, 'POST', paths.bookings(), { type: 'basic_kobuki', vpn: true });
  const { id = '' } = booked.json as { id?: string };
  const until = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < until) {
    const { json } = await looks.ask(oscar, 'GET', paths.booking(id));
    const { state, instanceId } = json as { state?: string; instanceId?: string | null };
    if (state === 'ready' && instanceId) {
      await looks.ask(oscar, 'POST', paths.bookingFirewall(id), { source: '198.51.100.7' });
      for (const addon of ['cam', 'py', 'cmd', 'vnc'])
        await looks.ask(oscar, 'POST', paths.proxy('rerobots', `/addon/${addon}/${instanceId}`));
      return instanceId;
    }
    await sleep(500);
  }
  return null;
}

/** One change of each kind, by the routes and by the proxy. */
export async function change({ world, looks, canaries, callers }: Scene): Promise<void> {
  const [ada, oscar] = [callerNamed(callers, 'admin'), callerNamed(callers, 'operator')];
  const containerId = world.env['SIM_FUNCTION_CONTAINER'] ?? '';
  const environmentVariables = {
    API_KEY: canaries.of('claim’s variable'),
    ['constructor']: canaries.of('claim’s variable named constructor'),
  };
  await looks.ask(oscar, 'POST', paths.claims(), { containerId, spawn: { environmentVariables } });
  await looks.ask(oscar, 'POST', paths.claimBatches(), { containerId, count: 2, environmentVariables });
  await looks.ask(oscar, 'POST', paths.claimsAdopt(), {
    containerId,
    instanceId: 'f'.repeat(24),
    token: canaries.of('adopted token'),
  });
  await looks.ask(ada, 'PUT', paths.robotAccountToken(), {
    token: canaries.of('rerobots token').padEnd(24, '.'),
  });
  const repository = (what: string): string => {
    const canary = canaries.of(`repository’s token, ${what}`);
    return `https://ada:${canary}@git.example.com/team/app?private_token=${canary}`;
  };
  const at = { branch: 'main', commit: 'a'.repeat(40) };
  await looks.ask(oscar, 'POST', paths.robotCi(), { repositoryUrl: repository('by its route'), ...at });
  await looks.ask(oscar, 'POST', paths.robotCi(), {
    repositoryUrl: `file://${canaries.of('repository that is refused')}`,
  });
  const proxied = (caller: Caller, upstream: 'cycle' | 'rerobots', path: string, body?: unknown) =>
    looks.ask(caller, 'POST', paths.proxy(upstream, path), body);
  await proxied(oscar, 'rerobots', '/ci/new', { repo_url: repository('by the proxy'), repo_branch: 'main' });
  await proxied(oscar, 'cycle', '/v1/server/images/download', { image_id: 'a'.repeat(24) });
  const value = canaries.of('object cache value');
  await proxied(oscar, 'cycle', '/v1/object-cache', {
    scope: 'instance',
    expires: '1h',
    key: 'canary',
    value,
  });
  const event = { event: 'deploy', type: 'info', priority: 'low', text: canaries.of('event’s text') };
  await proxied(oscar, 'cycle', '/v1/monitoring/events', [event]);
  await proxied(ada, 'rerobots', `/deployment/${crypto.randomUUID()}/lockout`);
}

/** Jobs are kept for a while: asks for them until the platform is asked again. */
export async function askPlatform({ looks, canaries, callers }: Scene): Promise<void> {
  const until = Date.now() + JOBS_ARE_KEPT_MS;
  const wasAsked = (): boolean => canaries.all().some(({ name }) => name.startsWith('platform refusal'));
  while (!wasAsked() && Date.now() < until) {
    await looks.ask(callerNamed(callers, 'viewer'), 'GET', paths.jobs());
    await sleep(500);
  }
}
