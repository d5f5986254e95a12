import { request } from 'node:http';

import type { World } from './fixtures.ts';

/** What the simulated internal API says itself. */
export const cycle = <T>(world: World, path: string): Promise<T> =>
  new Promise((resolve, reject) => {
    const headers = { 'x-cycle-token': world.env['CYCLE_API_TOKEN'] ?? '' };
    request({ socketPath: world.env['CYCLE_API_SOCKET'] ?? '', path, headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
      answer.on('end', () => resolve((JSON.parse(text) as { data: T }).data));
    })
      .on('error', reject)
      .end();
  });
