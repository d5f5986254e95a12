import { expect, it } from 'vitest';

import { adoptCurl, batchCurl, claimCurl, spawnCurl } from './curl.rules.ts';

const containerId = '651586fca6078e98982d0103';
const secret = { DB_PASSWORD: 'hunter2', EMPTY: '' };

it('never shows the value of a variable', () => {
  const commands = [
    claimCurl('https://d', { containerId, spawn: { environmentVariables: secret } }),
    batchCurl('https://d', { containerId, count: 2, concurrency: 1, environmentVariables: secret }),
    spawnCurl('https://d', 'c1', secret),
  ];
  for (const command of commands) {
    expect(command).not.toContain('hunter2');
    expect(command).toContain('"DB_PASSWORD": "$DB_PASSWORD"');
    expect(command).toContain('"EMPTY": "$EMPTY"');
  }
});

it('sends a claim without spawn as it is', () => {
  const command = claimCurl('https://d', { containerId, releaseAfterSeconds: 60 });
  expect(command).toContain("curl -X POST 'https://d/api/claims'");
  expect(command).toContain('"releaseAfterSeconds": 60');
  expect(command).not.toContain('spawn');
});

it('reads the token of an instance from the shell', () => {
  expect(adoptCurl('https://d', containerId, 'i1')).toContain('"token": "$INSTANCE_TOKEN"');
});
