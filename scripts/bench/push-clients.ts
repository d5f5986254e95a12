// The watching browsers of `npm run bench -- push`, as a separate process. Each line on standard input is a command.
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';

export type Answer = { ms: number; ticks: number; bytes: number };

const [port = '', cookie = ''] = process.argv.slice(2);
const TICK = Buffer.from('id: ');
const sockets: Socket[] = [];
let ticks = 0;
let bytes = 0;

/** Resolves with the stream's first bytes. Empty `cookie`: a bare connection, open once connected. */
function open(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1');
    sockets.push(socket);
    socket.once('error', reject);
    if (cookie === '') socket.once('connect', resolve);
    else {
      socket.write(`GET /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${cookie}\r\n\r\n`);
      socket.once('data', () => resolve());
    }
    socket.on('data', (chunk) => {
      bytes += chunk.length;
      for (let at = chunk.indexOf(TICK); at >= 0; at = chunk.indexOf(TICK, at + TICK.length)) ticks += 1;
    });
  });
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const [command, count = '0'] = line.split(' ');
  const answer = async () => {
    const begun = performance.now();
    if (command === 'open') await Promise.all(Array.from({ length: Number(count) }, open));
    const answer: Answer = { ms: performance.now() - begun, ticks, bytes };
    ticks = bytes = 0;
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  };
  void answer();
});
