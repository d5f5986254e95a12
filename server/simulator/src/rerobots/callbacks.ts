import { request as httpRequest } from 'node:http';
import type { ClientRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

import { pythonJson } from './format.ts';
import { instanceKeyPair } from './instance-keys.ts';
import type { Tokens } from './tokens.ts';
import type { Instance, World } from './world.ts';

const TIMEOUT_MS = 10_000;

/**
 * Whether a status is sent to `eurl`. Observed: INIT and TERMINATED of any launch, never READY or a failure.
 * Documented: when a reservation turns into an instance.
 */
function isTold(world: World, { status, fromReservation }: Instance): boolean {
  if (world.profile === 'documented') return status === 'INIT' && fromReservation;
  return status === 'INIT' || status === 'TERMINATED';
}

function message(world: World, instance: Instance): string {
  const { id, deployment, status, user, options } = instance;
  const carriesKey = status === 'INIT' && options.sshkey === undefined;
  const sshkey = carriesKey ? instanceKeyPair(world, id).privateKey : undefined;
  return pythonJson({ id, wd: deployment.id, kind: 'instance status', val: status, user, sshkey });
}

function target(eurl: string): URL | undefined {
  const url = URL.canParse(eurl) ? new URL(eurl) : undefined;
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined;
}

/** A single attempt: no retry, no redirect followed, the answer ignored (observed). */
function post(url: URL, body: string, token: string, pending: Set<ClientRequest>): void {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const request = send(url, {
    method: 'POST',
    timeout: TIMEOUT_MS,
    headers: {
      'User-Agent': 'python-requests/2.28.1',
      Accept: '*/*',
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
    },
  });
  pending.add(request);
  request.on('response', (response) => response.resume());
  request.on('timeout', () => request.destroy());
  request.on('error', () => pending.delete(request));
  request.on('close', () => pending.delete(request));
  request.end(body);
}

/** The returned function aborts callbacks under way. */
export function startCallbacks(world: World, tokens: Tokens): () => void {
  const pending = new Set<ClientRequest>();
  let stopped = false;

  async function tell(url: URL, body: string): Promise<void> {
    const token = await tokens.signCallback();
    if (!stopped) post(url, body, token, pending);
  }

  world.watchers.add((instance) => {
    const url = instance.options.eurl === undefined ? undefined : target(instance.options.eurl);
    if (!url || !isTold(world, instance)) return;
    tell(url, message(world, instance)).catch(() => undefined);
  });
  return () => {
    stopped = true;
    for (const request of pending) request.destroy();
  };
}
