import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';

import { alertMessage } from '@cyclorama/shared/alert-deliveries.ts';
import type { AlertMessage } from '@cyclorama/shared/alert-deliveries.ts';

export const WEBHOOK_KEY = Buffer.alloc(32, 7);
export const WEBHOOK_SECRET = `whsec_${WEBHOOK_KEY.toString('base64')}`;

export type Received = { id: string; timestamp: number; isSigned: boolean; message: AlertMessage };

export type Receiver = {
  url: string;
  received: Received[];
  /** Status of the next answers; then 204. Null: the connection is cut. */
  answers: (number | null)[];
  /** Answers wait for it. */
  held: Promise<void> | null;
  /** Called before anything of a request is read. */
  onConnection: ((socket: Socket) => void) | null;
  /** Called once an answer has been handed over to be sent. */
  onAnswered: (() => void) | null;
  close(): Promise<void>;
};

/** Somebody's receiver of Standard Webhooks, on a real socket. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers: (number | null)[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const header = (name: string): string => String(request.headers[`webhook-${name}`]);
    const signed = `${header('id')}.${header('timestamp')}.${body}`;
    const signature = createHmac('sha256', WEBHOOK_KEY).update(signed).digest('base64');
    received.push({
      id: header('id'),
      timestamp: Number(header('timestamp')),
      isSigned: header('signature').split(' ').includes(`v1,${signature}`),
      message: alertMessage.parse(JSON.parse(body)),
    });
    await receiver.held;
    const status = answers.length === 0 ? 204 : (answers.shift() ?? null);
    if (status === null) request.socket.destroy();
    else response.writeHead(status, { location: '/elsewhere' }).end(() => receiver.onAnswered?.());
  };
  const server = createServer((request, response) => void take(request, response));
  server.on('connection', (socket: Socket) => receiver.onConnection?.(socket));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/in/s3cret-path`,
    received,
    answers,
    held: null,
    onConnection: null,
    onAnswered: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}
