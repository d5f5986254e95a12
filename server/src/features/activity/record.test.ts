import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

import type { ActivityHead, ActivityPage } from '@cyclorama/shared/activity.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { createRecordSignature } from '../../lib/record-signature.ts';
import type { Browser, TestServer } from '../../testing/server.fixture.ts';
import { startTestServer } from '../../testing/server.fixture.ts';
import { TEST_SECRET } from '../../testing/test-secret.ts';

const DAY_MS = 86_400_000;
const bodies: unknown[] = [];
/** Where the record's head is told; answers 500 to the first. */
async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  bodies.push(await json(request));
  response.writeHead(bodies.length === 1 ? 500 : 204).end();
}
const outside = createServer((request, response) => void take(request, response));
let server: TestServer;
let ada: Browser;
let vera: Browser;
let now = Date.now();

beforeAll(async () => {
  await new Promise<void>((resolve) => void outside.listen(0, '127.0.0.1', resolve));
  const { port } = outside.address() as AddressInfo;
  server = await startTestServer({
    simulator: { scenario: 'empty' },
    clock: { now: () => now },
    env: { AUDIT_RETENTION_DAYS: '30', AUDIT_WEBHOOK_URL: `http://127.0.0.1:${port}/audit` },
  });
  ada = await server.signIn('ada');
  vera = await server.signIn('vera');
});
afterAll(async () => {
  await server.close();
  outside.close();
});

const head = async (): Promise<ActivityHead> =>
  (await (await ada.get(paths.activityHead())).json()) as ActivityHead;
const page = async (of: Browser, query: string): Promise<ActivityPage['entries']> =>
  ((await (await of.get(`${paths.activity()}?${query}`)).json()) as ActivityPage).entries;

describe('the head of the record', () => {
  it('is signed, logged, sent until it arrives, and shown to admins with what was verified', async () => {
    const first = await head();
    await vi.waitFor(async () => {
      const { entries, verified, fault } = await head();
      expect([verified?.entry, fault]).toEqual([entries, null]);
    });
    const signature = createRecordSignature([TEST_SECRET]);
    expect(first.signature).toBe(signature.sign([first.entries, first.hash, first.at]));
    await vi.waitFor(() => expect(bodies.length).toBeGreaterThan(1), 10_000);
    expect(bodies.at(-1)).toEqual({
      entries: expect.any(Number),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      at: expect.any(String),
      signature: expect.any(String),
    });
    expect(server.log()).toContain('head of the record');
    expect(server.log()).not.toContain('/audit');
    expect((await vera.get(paths.activityHead())).status).toBe(403);
  });
});

describe('a refusal', () => {
  it('is on record with who was refused what and from where, the same one once a minute', async () => {
    for (let tried = 0; tried < 3; tried += 1) await vera.get(paths.activityHead());
    now += 61_000;
    await vera.get(paths.activityHead());
    await vi.waitFor(async () => {
      const entries = await page(ada, 'action=access&actor=vera');
      expect(entries).toMatchObject([
        { outcome: 'refused', way: 'vpn', detail: expect.stringMatching(/times more before/) },
        { subject: { kind: 'route', name: 'GET /api/activity/head' }, origin: { address: '127.0.0.1' } },
      ]);
    });
  });

  it('of an unknown access token is, too', async () => {
    await fetch(server.url + paths.activity(), { headers: { authorization: 'Bearer cyc_unknown' } });
    await vi.waitFor(async () =>
      expect(await page(ada, 'action=access&q=unknown')).toMatchObject([{ actor: null, way: null }]),
    );
  });
});

describe('the search', () => {
  it('finds by outcome, way, time and text, and nobody by what they are not shown', async () => {
    expect(await page(vera, 'outcome=refused')).not.toEqual([]);
    expect(await page(vera, 'outcome=failed')).toEqual([]);
    expect((await page(vera, 'way=vpn&action=session')).map(({ actor }) => actor)).toEqual(['vera', 'ada']);
    const at = new Date(now - 30_000).toISOString();
    expect((await page(vera, `to=${at}&action=session`)).map(({ actor }) => actor)).toEqual(['vera', 'ada']);
    expect(await page(vera, `from=${at}&action=session`)).toEqual([]);
    expect(await page(vera, 'q=ACTIVITY/HEAD')).not.toEqual([]);
    expect(await page(ada, 'q=127.0.0.1')).not.toEqual([]);
    expect(await page(vera, 'q=127.0.0.1')).toEqual([]);
    expect((await page(vera, 'action=session')).every(({ origin }) => origin === null)).toBe(true);
  });
});

describe('an export', () => {
  it('is for admins, has every entry with its hash, and is on record itself', async () => {
    expect((await vera.get(`${paths.activityExport()}?format=csv`)).status).toBe(403);
    const csv = await ada.get(`${paths.activityExport()}?format=csv&action=session`);
    expect(csv.headers.get('content-disposition')).toMatch(/attachment; filename="activity-.*\.csv"/);
    const [columns, ...rows] = (await csv.text()).trim().split('\r\n');
    expect(columns).toMatch(/^entry,at \(UTC\),person,action,outcome,.*,address,request id,.*hash$/);
    expect(rows.map((row) => row.split(',')[2])).toEqual(['ada', 'vera']);
    const lines = (await (await ada.get(`${paths.activityExport()}?format=jsonl`)).text()).trim().split('\n');
    const entries = lines.map((line) => JSON.parse(line) as { id: number; previous: string; hash: string });
    expect(entries.map(({ id }) => id)).toEqual(entries.map((_, index) => index + 1));
    expect(entries.slice(1).map(({ previous }) => previous)).toEqual(
      entries.slice(0, -1).map(({ hash }) => hash),
    );
    expect(await page(ada, 'action=activity.export')).toMatchObject([
      { actor: 'ada', detail: 'As jsonl.', origin: { requestId: expect.any(String) } },
      { actor: 'ada', detail: 'As csv.' },
    ]);
  });
});

describe('what is older than is kept', () => {
  it('is removed with a signed summary, and the rest still holds', async () => {
    const { entries } = await head();
    now += 31 * DAY_MS;
    ada = await server.signIn('ada');
    await head();
    await vi.waitFor(async () => {
      const { removedTo, verified, fault } = await head();
      expect([removedTo, fault]).toEqual([entries, null]);
      expect(verified?.entry).toBeGreaterThan(entries);
    });
    const [summary] = await page(ada, 'action=activity.retention');
    expect(summary?.detail).toMatch(/^Entries 1 to \d+ \(\d+\) were older than 30 days and were removed\.$/);
    expect(JSON.parse(summary?.after ?? '')).toMatchObject({
      count: entries,
      fromEntry: 1,
      toEntry: entries,
    });
  });
});
