import { createHash } from 'node:crypto';

import { createRandom } from '@cyclorama/simulator';

import { STEP_MS } from './recorder.ts';

type Node = Record<string, unknown> & { id: string };

/**
 * An environment that lives: health comes and goes, instances restart, move, come and go, a deployment replaces a
 * container's version now and then, and function instances start and stop all the time.
 */
export function createPast({
  instances,
  seed,
  startAt,
}: {
  instances: number;
  seed: number;
  startAt: number;
}) {
  const random = createRandom(seed);
  const nodes = new Map<string, Node>();
  const texts = new Map<string, string>();
  let at = startAt;
  let made = 0;
  const containers = Math.ceil(instances / 20);
  const pick = (among: number): number => random.int(0, among - 1);
  const hex = (value: number): string => value.toString(16).padStart(24, '0');
  const iso = (): string => new Date(at).toISOString();
  const put = (node: Node): void => {
    nodes.set(node.id, node);
    texts.set(node.id, JSON.stringify(node));
  };
  const state = (current: string): object => ({ current, changed: iso(), error: null });
  const add = (container: number): void => {
    made += 1;
    const id = hex(0x10_0000 + made);
    put({
      kind: 'instance',
      id,
      name: `service-${container}-${id.slice(-4)}`,
      containerId: hex(container + 1),
      serverId: hex(0x900 + pick(8)),
      locationId: hex(0x800),
      hostname: `service-${container}`,
      state: state('running'),
      health: 'healthy',
      healthSince: iso(),
      ...(random.chance(0.5) && { healthAtLeast: true }),
      ready: true,
      readySince: iso(),
      readyState: 'active',
      privateIp: `fd00::${made.toString(16)}`,
      service: null,
      isFunction: container < containers / 5,
      deployment: 'v1.0.0',
      migratingTo: null,
      startedAt: iso(),
    });
  };
  for (let container = 0; container < containers; container += 1) {
    put({
      kind: 'container',
      id: hex(container + 1),
      name: `Service ${container}`,
      identifier: `service-${container}`,
      environmentId: hex(0x700),
      state: state('running'),
      service: null,
      isFunction: container < containers / 5,
      isDisabled: false,
      desiredInstances: 20,
      strategy: 'resource-density',
      publicNetwork: 'enable',
      deployment: 'v1.0.0',
    });
  }
  for (let count = 0; count < instances; count += 1) add(count % containers);

  const change = (): void => {
    const ids = [...nodes.keys()];
    const node = nodes.get(ids[containers + pick(ids.length - containers)] ?? '');
    if (node?.['kind'] !== 'instance') return;
    const { healthAtLeast: _seen, ...known } = node;
    const kind = random.next();
    if (kind < 0.5) {
      const isRunning = (node['state'] as { current: string }).current === 'running';
      put({ ...node, state: state(isRunning ? 'stopped' : 'running'), startedAt: isRunning ? null : iso() });
    } else if (kind < 0.9) {
      put({
        ...known,
        id: node.id,
        health: node['health'] === 'healthy' ? 'unhealthy' : 'healthy',
        healthSince: iso(),
      });
    } else if (kind < 0.94) put({ ...node, serverId: hex(0x900 + pick(8)) });
    else if (kind < 0.97) add(pick(containers));
    else {
      nodes.delete(node.id);
      texts.delete(node.id);
    }
  };
  const deploy = (): void => {
    const id = hex(1 + pick(containers));
    const version = `v1.${Math.floor((at - startAt) / STEP_MS)}.0`;
    for (const node of nodes.values()) {
      if (node.id === id || node['containerId'] === id)
        put({ ...node, deployment: version, state: state('running') });
    }
  };

  return {
    clock: { now: () => at },
    texts,
    /** A minute later. */
    step(): void {
      at += STEP_MS;
      for (let count = pick(20); count > 0; count -= 1) change();
      if (random.chance(1 / 240)) deploy();
    },
    fingerprint: (): string => fingerprintOf([...texts].map(([id, text]) => [id, text])),
  };
}

export function fingerprintOf(texts: readonly (readonly [id: string, text: string])[]): string {
  const hash = createHash('sha256');
  for (const [id, text] of texts.toSorted(([a], [b]) => (a < b ? -1 : 1))) hash.update(`${id} ${text}\n`);
  return hash.digest('hex');
}
