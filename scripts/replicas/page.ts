import { setTimeout as sleep } from 'node:timers/promises';

import type { Claim, ClaimsResponse } from '../../shared/src/claims.ts';
import type { ServerEvent } from '../../shared/src/events.ts';
import { HEARTBEAT_MS } from '../../shared/src/events.ts';
import { paths } from '../../shared/src/paths.ts';
import { isOpenClaim } from '../../shared/src/rules/claims.ts';
import type { Api } from '../lib/signed-in.ts';

/** Two missed heartbeats, as the page has it. */
const SILENT_MS = 2 * HEARTBEAT_MS + 1_000;
const RETRY_MS = 500;

/** What an open page of the dashboard knows of claims: read once, then kept by events, read anew at a `resync`. */
export type Page = {
  /** Open claims and their states. */
  shown(): Map<string, string>;
  /** Resolves once it has read everything for the first time. */
  readonly ready: Promise<void>;
  /** When it was told that the claim has its answer, epoch milliseconds; a tick may skip a state. */
  toldAt(id: string): number | null;
  close(): void;
};

export function openPage(url: string, api: Api): Page {
  const claims = new Map<string, string>();
  const told = new Map<string, number>();
  const closed = new AbortController();
  const ready = Promise.withResolvers<undefined>();
  let lastEventId = '';

  const show = ({ id, state }: Pick<Claim, 'id' | 'state'>): void => {
    if (isOpenClaim({ state })) claims.set(id, state);
    else claims.delete(id);
  };
  const readAll = async (): Promise<void> => {
    const answer = await fetch(`${url}${paths.claims()}?state=open&limit=500`, {
      headers: api.headers,
      signal: AbortSignal.any([closed.signal, AbortSignal.timeout(10_000)]),
    });
    if (!answer.ok) throw new Error(`claims answered ${answer.status}`);
    const { claims: list } = (await answer.json()) as ClaimsResponse;
    claims.clear();
    list.forEach(show);
  };
  const take = async (frame: string): Promise<void> => {
    for (const line of frame.split('\n')) {
      if (line.startsWith('id: ')) lastEventId = line.slice(4);
      if (!line.startsWith('data: ')) continue;
      const event = JSON.parse(line.slice(6)) as ServerEvent;
      if (event.type === 'resync') await readAll();
      if (event.type !== 'claim') continue;
      show(event.claim);
      const { id, state } = event.claim;
      if (state !== 'requested' && !told.has(id)) told.set(id, Date.now());
    }
  };
  const listen = async (): Promise<void> => {
    const silence = new AbortController();
    const headers = { ...api.headers, ...(lastEventId === '' ? {} : { 'last-event-id': lastEventId }) };
    const signal = AbortSignal.any([closed.signal, silence.signal]);
    let timer = setTimeout(() => silence.abort(), SILENT_MS);
    try {
      const answer = await fetch(`${url}${paths.events()}`, { headers, signal });
      if (!answer.ok || answer.body === null) throw new Error(`events answered ${answer.status}`);
      if (lastEventId === '') await readAll();
      ready.resolve(undefined);
      let text = '';
      for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENT_MS);
        const frames = (text + chunk).split('\n\n');
        text = frames.pop() ?? '';
        for (const frame of frames) await take(frame);
      }
    } finally {
      clearTimeout(timer);
    }
  };
  const run = async (): Promise<void> => {
    while (!closed.signal.aborted) {
      await listen().catch(() => undefined);
      if (!closed.signal.aborted) await sleep(RETRY_MS);
    }
  };
  void run();

  return {
    shown: () => new Map(claims),
    ready: ready.promise,
    toldAt: (id) => told.get(id) ?? null,
    close: () => closed.abort(),
  };
}
