import type { CollectAnswer, CollectReport } from '@cyclorama/shared/collectors.ts';

import { SIGNATURE_HEADER, signatureOf } from '../lib/collect-signature.ts';
import { exchange } from './exchange.ts';
import type { Answer } from './exchange.ts';
import type { Spool } from './spool.ts';

const COLLECT_PATH = '/api/collect';
const TIMEOUT_MS = 30_000;
const MAX_ANSWER_BYTES = 65_536;
/** Of the frames in one report; one alone may be larger. */
const BATCH_BYTES = 524_288;

export type Delivery = {
  /** Sends everything that waits, or a report without frames. @throws Error whose message is a sentence for people. */
  deliver(about: About): Promise<void>;
};

export type About = Omit<CollectReport, 'sentAt' | 'spool' | 'base' | 'frames'>;

type Options = { to: readonly string[]; secret: string; spool: Spool; now?: () => number };

export function createDelivery({ to, secret, spool, now = Date.now }: Options): Delivery {
  let turn = 0;

  const post = async (body: Buffer): Promise<Answer> => {
    const base = to[turn % to.length] ?? '';
    try {
      return await exchange(new URL(base + COLLECT_PATH), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': body.length,
          [SIGNATURE_HEADER]: signatureOf(secret, body),
        },
        body,
        timeoutMs: TIMEOUT_MS,
        maxBytes: MAX_ANSWER_BYTES,
      });
    } catch (cause) {
      turn += 1;
      throw new Error(`The dashboard at ${base} does not answer: ${(cause as Error).message}.`, { cause });
    }
  };

  const send = async (about: About): Promise<boolean> => {
    const batch = spool.next(BATCH_BYTES);
    const report: CollectReport = {
      ...about,
      sentAt: now(),
      spool: spool.state(),
      base: batch?.base?.toString('base64') ?? null,
      frames: batch?.frames.map((frame) => frame.toString('base64')) ?? [],
    };
    const { status, text } = await post(Buffer.from(JSON.stringify(report)));
    if (status !== 200) {
      turn += 1;
      throw new Error(refusal(status));
    }
    if (batch === null) return false;
    const { frames } = JSON.parse(text) as CollectAnswer;
    if (frames !== batch.frames.length) throw new Error('The dashboard took only a part of a report.');
    spool.acknowledge(batch.last);
    return true;
  };

  return {
    async deliver(about) {
      while (await send(about));
    },
  };
}

function refusal(status: number): string {
  if (status === 401)
    return 'The dashboard refuses the signature: COLLECT_SECRET must be the same there and here.';
  if (status === 404) return 'The dashboard takes no reports: set COLLECT_SECRET there too.';
  if (status === 503) return 'The dashboard can’t store anything at the moment.';
  return `The dashboard answered ${status} to a report.`;
}
