import express from 'express';
import request from 'supertest';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { snapshotHandler } from './snapshot-response.ts';

const body = vi.fn<() => Buffer>();
let version = 'e.1';
const app = express();
app.get('/', snapshotHandler({ current: () => ({ version, body }) }));

beforeEach(() => {
  version += '1';
  body
    .mockReset()
    .mockImplementation(() => Buffer.from(JSON.stringify({ version, filler: 'x'.repeat(5_000) })));
});

describe('a snapshot', () => {
  it('is made once a version, whoever asks and however it is encoded', async () => {
    const encodings = ['gzip, deflate, br, zstd', 'gzip', 'identity', 'br'];
    const answers = await Promise.all(
      encodings.map((each) => request(app).get('/').set('accept-encoding', each)),
    );
    expect(answers.map(({ headers }) => headers['content-encoding'])).toEqual([
      'br',
      'gzip',
      undefined,
      'br',
    ]);
    for (const answer of answers) expect(answer.body).toMatchObject({ version });
    expect(body).toHaveBeenCalledTimes(1);
  });

  it('is 304 for who has it, without being made', async () => {
    const answer = await request(app).get('/').set('if-none-match', `W/"old", W/"${version}"`);
    expect([answer.status, answer.text]).toEqual([304, '']);
    expect(body).not.toHaveBeenCalled();
  });

  it('is made anew for a new version', async () => {
    const first = await request(app).get('/');
    version += '2';
    const second = await request(app)
      .get('/')
      .set('if-none-match', first.headers['etag'] ?? '');
    expect([second.status, second.headers['etag']]).toEqual([200, `W/"${version}"`]);
    expect(body).toHaveBeenCalledTimes(2);
  });
});
