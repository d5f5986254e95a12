import type { Exchange } from './relay.ts';

export type WireHolding = { instanceId: string; containerId: string; address: string; token: string };
export type WireRecord = {
  claims: Exchange[];
  spawns: Exchange[];
  releases: Exchange[];
  /** Spawned by the scheduler and not released since. */
  running: Map<string, WireHolding>;
};

type Body = { token?: string; instance_id?: string } | null;
type Answer = { data?: { instance_id?: string } | null } | null;

export function tokenOf({ body }: Exchange): string {
  return (body as Body)?.token ?? '';
}

/** The instance in the request, else the one in the answer. */
export function instanceOf({ body, answer }: Exchange): string {
  return (body as Body)?.instance_id ?? (answer as Answer)?.data?.instance_id ?? '';
}

/** Replays the forwarded calls in order of arrival. */
export function wireRecordOf(exchanges: readonly Exchange[]): WireRecord {
  const passed = exchanges.filter((exchange) => exchange.passed && exchange.method === 'POST');
  const of = (verb: string) => passed.filter(({ path }) => path.endsWith(`/${verb}`));
  const running: WireRecord['running'] = new Map();
  for (const exchange of passed.filter(({ status }) => status === 200)) {
    const instanceId = instanceOf(exchange);
    if (exchange.path.endsWith('/release')) running.delete(instanceId);
    if (exchange.path.endsWith('/spawn')) {
      const { address } = exchange;
      const containerId = exchange.path.split('/')[3] ?? '';
      running.set(instanceId, { instanceId, containerId, address, token: tokenOf(exchange) });
    }
  }
  return { claims: of('claim'), spawns: of('spawn'), releases: of('release'), running };
}
