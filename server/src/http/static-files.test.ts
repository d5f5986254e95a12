import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import express from 'express';
import request from 'supertest';
import { afterAll, describe, expect, it } from 'vitest';

import { staticFiles } from './static-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'cyclorama-web-'));
mkdirSync(join(folder, 'assets'));
writeFileSync(join(folder, 'index.html'), '<title>Cyclorama</title>');
writeFileSync(join(folder, 'favicon.svg'), '<svg/>');
writeFileSync(join(folder, 'assets', 'app-a1b2.js'), 'let a');
writeFileSync(join(folder, 'assets', 'app-a1b2.js.br'), brotliCompressSync('let a'));
writeFileSync(join(folder, 'assets', 'app-a1b2.js.gz'), gzipSync('let a'));
writeFileSync(join(folder, 'assets', 'deleted.js'), 'let b');
writeFileSync(join(folder, 'assets', 'deleted.js.br'), brotliCompressSync('let b'));
mkdirSync(join(folder, '.vite'));
writeFileSync(join(folder, '.vite', 'manifest.json'), '{}');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const app = express().use(staticFiles(folder));
const html = (path: string) => request(app).get(path).set('accept', 'text/html');

describe('the built page', () => {
  it.each(['/', '/index.html', '/topology', '/instances/651586fca6078e98982d0201'])(
    'is served at %s',
    async (path) => {
      const answer = await html(path);
      expect([answer.status, answer.text]).toEqual([200, '<title>Cyclorama</title>']);
      expect(answer.headers['cache-control']).toBe('no-cache');
    },
  );

  it('has its hashed files kept for good, compressed where the browser takes it', async () => {
    const answer = await request(app).get('/assets/app-a1b2.js').set('accept-encoding', 'gzip, deflate, br');
    expect(answer.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
      'content-type': expect.stringMatching(/^text\/javascript; charset=utf-8$/i),
      vary: 'Accept-Encoding',
    });
    const plain = await request(app).get('/assets/app-a1b2.js').set('accept-encoding', 'identity');
    expect([plain.text, plain.headers['content-encoding']]).toEqual(['let a', undefined]);
    const refused = await request(app).get('/assets/app-a1b2.js').set('accept-encoding', 'br;q=0, gzip');
    expect(refused.headers['content-encoding']).toBe('gzip');
  });

  it('answers whatever range is asked for, and outlives a file deleted since the start', async () => {
    for (const range of ['bytes=5-2', 'bytes=99-']) {
      expect((await request(app).get('/assets/app-a1b2.js').set('range', range)).status).toBe(416);
    }
    rmSync(join(folder, 'assets', 'deleted.js'));
    rmSync(join(folder, 'assets', 'deleted.js.br'));
    const gone = await request(app).get('/assets/deleted.js').set('accept-encoding', 'br');
    expect([gone.status, gone.headers['content-encoding']]).toEqual([404, undefined]);
    expect((await html('/')).status).toBe(200);
  });

  it('has its other files checked each time', async () => {
    const answer = await request(app).get('/favicon.svg');
    expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'no-cache']);
    expect(answer.headers['content-type']).toContain('image/svg+xml');
  });

  it.each([
    '/assets/gone.js',
    '/../package.json',
    '/%2e%2e/package.json',
    '/assets/app-a1b2.js.br',
    '/.vite/manifest.json',
  ])('does not stand in for %s', async (path) => {
    expect((await html(path)).status).toBe(404);
  });

  it('is not what a change or a JSON client gets', async () => {
    expect((await request(app).post('/topology')).status).toBe(404);
    expect((await request(app).get('/topology').set('accept', 'application/json')).status).toBe(404);
  });
});
