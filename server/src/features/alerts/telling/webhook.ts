import { createHmac } from 'node:crypto';

import type { Clock } from '../../../lib/clock.ts';
import { postWebhook } from '../../../lib/post-webhook.ts';
import type { Send } from './delivery.ts';

type Options = { url: string; secrets: readonly string[]; clock: Clock };

/**
 * As Standard Webhooks 1.0 says: the id stays the same at each try, the time is that of the try, and each secret adds a
 * signature of both and the body.
 */
export function createWebhookChannel({ url, secrets, clock }: Options): Send {
  return ({ message_id: id, body }, signal) => {
    const timestamp = String(Math.floor(clock.now() / 1000));
    const signature = secrets.map((secret) => `v1,${sign(secret, `${id}.${timestamp}.${body}`)}`).join(' ');
    const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
    return postWebhook(url, body, { headers, signal });
  };
}

function sign(secret: string, signed: string): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  return createHmac('sha256', key).update(signed).digest('base64');
}
