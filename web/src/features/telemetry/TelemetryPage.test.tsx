import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';

import { live } from '../../testing/builders/common.ts';
import { objectEvent } from '../../testing/builders/object-events.ts';
import { telemetry } from '../../testing/builders/telemetry.ts';
import { instance, topologyOf } from '../../testing/builders/topology.ts';
import { showPage } from '../../testing/show-page.tsx';
import type { Sent } from '../../testing/show-page.tsx';
import { TelemetryPage } from './TelemetryPage.tsx';

const series = (id: string) => ({
  id,
  name: id,
  values: { cpu: [10, null, 30], memory: [1024, 2048, 1024] },
});
const answer = (ids: string[], notMeasured: string[]) =>
  telemetry({
    from: 1_000_000,
    to: 1_030_000,
    stepMs: 10_000,
    intervalMs: 10_000,
    times: [1_000_000, 1_010_000, 1_020_000],
    series: ids.map(series),
    notMeasured,
    notMeasuredReason: notMeasured.length === 0 ? null : 'The API key lacks containers-view.',
    byKey: ids.slice(1, 2),
  });

/** Two close together, and one far from them. */
const events = [1_025_000, 1_002_000, 1_001_000].map((at, index) =>
  objectEvent({ id: 3 - index, time: new Date(at).toISOString(), kind: 'restart', outcome: 'done' }),
);

const part = {
  since: null,
  bytesPerValue: null,
  bytesPerDay: 1_024,
  yearBytes: 7_168,
  reachDays: 7,
  keptDays: 7,
};
const stored = {
  parts: ['samples', 'minutes', 'hours', 'pictures'].map((kind) => ({ ...part, kind, bytes: 2_048 })),
  bytes: 8_192,
  maxBytes: 2_147_483_648,
  yearBytes: 28_672,
  cutFrom: null,
};

function bff({ path }: Sent): { body: unknown } {
  if (path === '/api/topology') {
    const nodes = ['1', '2', '9'].map((n) => instance(`i${n}`, 'web', { name: `web-${n}` }));
    return { body: topologyOf(nodes) };
  }
  const asked = new URL(path, 'http://bff');
  if (asked.pathname === '/api/environment/events') return { body: { events, nextBefore: null } };
  if (asked.pathname === '/api/telemetry/storage') return { body: stored };
  if (asked.pathname === '/api/telemetry/top/containers') {
    const row = { containerId: 'web', name: 'web', instances: 3, measured: 2, latest: 81, values: [1, 2] };
    return {
      body: {
        freshness: live,
        measure: asked.searchParams.get('measure'),
        by: asked.searchParams.get('by'),
        times: [1_000_000, 1_060_000],
        rows: [row, { ...row, containerId: 'db', name: 'db', instances: 1, measured: 1, latest: 9 }],
        total: 2,
      },
    };
  }
  if (asked.pathname === '/api/telemetry/top') {
    const row = { instanceId: 'i1', name: 'web-1', containerId: 'web', latest: 71, values: [1, 2] };
    return {
      body: {
        freshness: live,
        measure: 'cpu',
        times: [1, 2],
        rows: [row],
        total: [1, 2],
        totalLatest: 2,
        servers: 1,
      },
    };
  }
  if (asked.pathname === '/api/telemetry/containers/web') {
    const each = answer(['i1', 'i2'], ['i9']);
    const factor = { mean: 1, sum: 2 }[asked.searchParams.get('by') ?? ''];
    if (factor === undefined) return { body: each };
    const cpu = [10, null, 30].map((value) => value && value * factor);
    return { body: { ...each, series: [{ id: 'web', name: 'web', values: { cpu } }] } };
  }
  const id = /instances\/(\w+)/.exec(path)?.[1] ?? '';
  return { body: answer([id], []) };
}
const show = (address: string) => showPage('/telemetry', address, TelemetryPage, 'viewer', bff);
const reads = (sent: Sent[]) =>
  sent.map(({ path }) => path).filter((path) => /telemetry\/(inst|cont)/.test(path));

const topReads = (sent: Sent[]) =>
  sent.map(({ path }) => path).filter((path) => path.startsWith('/api/telemetry/top'));

it('ranks the containers where nothing was chosen, and opens each to its instances', async () => {
  const user = userEvent.setup();
  const { router, sent } = show('/telemetry?measure=memory');
  const list = await screen.findByRole('list', { name: 'Containers by Memory' });
  const [first, second] = within(list).getAllByRole('listitem');
  expect(first).toHaveTextContent(/web2 of 3 instances measured.*81 B$/);
  expect(second).toHaveTextContent(/db1 instance/);
  expect(within(list).getByRole('img', { name: 'Memory of web' })).toBeVisible();
  await user.click(within(list).getByRole('button', { name: 'Instances of web' }));
  const opened = await screen.findByRole('list', { name: 'Instances of web, highest first' });
  expect(within(opened).getByRole('link', { name: 'web-1' })).toHaveAttribute(
    'href',
    '/telemetry?instance=i1',
  );
  expect(router.state.location.search).toEqual({ measure: 'memory', open: 'web' });
  expect(topReads(sent)).toEqual([
    '/api/telemetry/top/containers?measure=memory&by=sum&windowMs=3600000',
    '/api/telemetry/top?measure=memory&container=web&limit=50&windowMs=3600000',
  ]);
});

it('says how far back what is stored reaches once that is opened', async () => {
  const user = userEvent.setup();
  const { sent } = show('/telemetry');
  const summary = await screen.findByText('How far back this reaches, and what a year takes');
  expect(sent.map(({ path }) => path)).not.toContain('/api/telemetry/storage');
  await user.click(summary);
  const table = await screen.findByRole('table', { name: /^What is stored/ });
  const rows = within(table).getAllByRole('row');
  expect(rows.map((row) => row.textContent)).toEqual([
    'TierBeginsTakesA valueA yearReaches back',
    'Samples–2 KiB–7 KiB7 days',
    'Minutes–2 KiB–7 KiB7 days',
    'Hours–2 KiB–7 KiB7 days',
    'Topology–2 KiB–7 KiB7 days',
    'Together–8 KiB–28 KiB–',
  ]);
  expect(screen.getByText(/A year fits into the 2 GiB of HISTORY_MAX_MB\./)).toBeVisible();
});

it('ranks a share of periods by the highest instance, and follows a fixed range', async () => {
  const user = userEvent.setup();
  const { router, sent } = show('/telemetry?from=1000000&to=8200000');
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Measure' }), 'CPU throttled');
  await waitFor(() => expect(router.state.location.search).toMatchObject({ measure: 'throttled' }));
  expect(await screen.findByRole('combobox', { name: 'Ranked by' })).toHaveValue('max');
  await waitFor(() =>
    expect(topReads(sent)).toEqual([
      '/api/telemetry/top/containers?measure=cpu&by=sum&windowMs=7200000&to=8200000',
      '/api/telemetry/top/containers?measure=throttled&by=max&windowMs=7200000&to=8200000',
    ]),
  );
});

it('says each measure in numbers, leaving gaps out of the mean', async () => {
  show('/telemetry?instance=i1');
  const table = await screen.findByRole('table', { name: /^CPU, % of one core/ });
  const cells = within(table).getAllByRole('cell');
  expect(cells.map((cell) => cell.textContent)).toEqual(['30 %', '20 %', '30 %']);
  expect(screen.getByRole('table', { name: /^Memory/ })).toHaveTextContent('1 KiB1.33 KiB2 KiB');
  expect(screen.getAllByText('No samples in this range')).toHaveLength(4);
});

it('draws a container’s instances, one of which can be taken out, and says which are not measured', async () => {
  const user = userEvent.setup();
  const { router } = show('/telemetry?container=web');
  const legend = await screen.findByRole('region', { name: 'Instances shown' });
  const second = within(legend).getByRole('button', { name: 'i2' });
  expect(second).toHaveAttribute('aria-pressed', 'true');
  const cpu = screen.getByRole('table', { name: /^CPU, % of one core/ });
  expect(within(cpu).getAllByRole('rowheader')).toHaveLength(2);
  await user.click(second);
  expect(second).toHaveAttribute('aria-pressed', 'false');
  await waitFor(() => expect(within(cpu).getAllByRole('rowheader')).toHaveLength(1));
  expect(router.state.location.search).toEqual({ container: 'web', toggled: 'i2' });
  expect(
    await screen.findByText(
      /^Not measured: web-9\. No collector on this instance’s server\. The API key lacks containers-view\.$/,
    ),
  ).toBeVisible();
  expect(screen.getByText(/^Read with the API key .* stored nowhere: web-2\.$/)).toBeVisible();
});

it('hands a chart on as values and as an address of the range that is seen', async () => {
  const user = userEvent.setup();
  const files: Blob[] = [];
  URL.createObjectURL = vi.fn<typeof URL.createObjectURL>((file) => {
    files.push(file as Blob);
    return 'blob:chart';
  });
  show('/telemetry?container=web&toggled=i2&range=6h');
  await user.click(await screen.findByRole('button', { name: 'Export CPU of web' }));
  await user.click(screen.getByRole('menuitem', { name: 'Save values (CSV)' }));
  await waitFor(() => expect(files).toHaveLength(1));
  expect(await files[0]?.text()).toBe(
    [
      'time,i1: CPU (% of one core)',
      '1970-01-01T00:16:40.000Z,10',
      '1970-01-01T00:16:50.000Z,',
      '1970-01-01T00:17:00.000Z,30',
      '',
    ].join('\r\n'),
  );
  await user.click(screen.getByRole('button', { name: 'Export CPU of web' }));
  await user.click(screen.getByRole('menuitem', { name: 'Copy link to this range' }));
  await waitFor(async () =>
    expect(await navigator.clipboard.readText()).toBe(
      `${window.location.origin}/telemetry?container=web&toggled=i2&from=1000000&to=1030000`,
    ),
  );
});

it('draws several measures of one thing in one chart, as the address keeps', async () => {
  const user = userEvent.setup();
  const { router } = show('/telemetry?instance=i1');
  await user.click(await screen.findByRole('button', { name: 'Draw in one chart…' }));
  await user.click(screen.getByRole('menuitemcheckbox', { name: 'Memory' }));
  await user.click(screen.getByRole('menuitemcheckbox', { name: 'CPU' }));
  await user.keyboard('{Escape}');
  await waitFor(() =>
    expect(router.state.location.search).toEqual({ instance: 'i1', measures: 'memory,cpu' }),
  );
  const table = await screen.findByRole('table', { name: /^CPU and Memory: latest/ });
  const rows = within(table)
    .getAllByRole('row')
    .map((row) => row.textContent);
  expect(rows).toEqual([
    'MeasureLatestMeanHighest',
    'CPU% of one core, left axis30 %20 %30 %',
    'Memorybytes, right axis1 KiB1.33 KiB2 KiB',
  ]);
  expect(screen.getByRole('button', { name: 'In one chart: CPU and Memory' })).toBeVisible();
});

it('draws them of one line only, and says how to come to one', async () => {
  show('/telemetry?container=web&measures=cpu,memory');
  const panel = await screen.findByRole('region', { name: 'CPU and Memory' });
  expect(panel).toHaveTextContent('Hide the others, or choose the sum, mean or highest.');
});

it('asks for lowest and highest only where a point is wider than a sample', async () => {
  const { sent } = show('/telemetry?instance=i1&from=1000000&to=1000000000');
  await screen.findByRole('table', { name: /^CPU, % of one core/ });
  expect(reads(sent)).toEqual([
    '/api/telemetry/instances/i1?from=1000000&to=1000000000&points=500&extremes=true',
  ]);
});

it('reads a fixed range as the address says, and comes back to live', async () => {
  const user = userEvent.setup();
  const { sent, router } = show('/telemetry?instance=i1&from=1000000&to=1030000');
  await user.click(await screen.findByRole('button', { name: 'Back to live' }));
  expect(reads(sent)[0]).toBe('/api/telemetry/instances/i1?from=1000000&to=1030000&points=500');
  await waitFor(() => expect(router.state.location.search).toEqual({ instance: 'i1' }));
  await user.click(await screen.findByRole('button', { name: '6 hours' }));
  await waitFor(() => expect(router.state.location.search).toEqual({ instance: 'i1', range: '6h' }));
  const last = new URL(reads(sent).at(-1) ?? '', 'http://bff').searchParams;
  expect(Number(last.get('to')) - Number(last.get('from'))).toBe(6 * 3_600_000);
});

it('draws a container as one of all its instances, as the server makes it and the address says', async () => {
  const user = userEvent.setup();
  const { router } = show('/telemetry?container=web&by=mean');
  await screen.findByRole('table', { name: /^CPU, % of one core/ });
  const cpu = () => screen.getByRole('table', { name: /^CPU, % of one core/ });
  const values = () =>
    within(cpu())
      .getAllByRole('cell')
      .map((cell) => cell.textContent);
  expect(within(cpu()).getAllByRole('rowheader')).toHaveLength(1);
  expect(values()).toEqual(['30 %', '20 %', '30 %']);
  await user.selectOptions(screen.getByRole('combobox', { name: 'Instances' }), 'Sum of instances');
  await waitFor(() => expect(values()).toEqual(['60 %', '40 %', '60 %']));
  expect(router.state.location.search).toEqual({ container: 'web', by: 'sum' });
  await user.selectOptions(screen.getByRole('combobox', { name: 'Instances' }), 'Each instance');
  await waitFor(() => expect(within(cpu()).getAllByRole('rowheader')).toHaveLength(2));
});

it('marks what happened, as a count where it stands close, and by the arrows of the keyboard', async () => {
  const user = userEvent.setup();
  show('/telemetry?instance=i1&from=1000000&to=1030000');
  const cpu = await screen.findByRole('region', { name: 'CPU' });
  const lane = await within(cpu).findByRole('toolbar', { name: 'Events on the chart' });
  const several = within(lane).getByRole('button', { name: /^2 events from/ });
  const single = within(lane).getByRole('link', { name: 'Restarted, web-1' });
  expect(several).toHaveAccessibleDescription(/Restarted, web-1.*Restarted, web-1/s);
  expect(single).toHaveAttribute('href', '/instances/i1?tab=events&event=3');
  expect([several.tabIndex, single.tabIndex]).toEqual([0, -1]);
  several.focus();
  await user.keyboard('{ArrowRight}');
  expect(single).toHaveFocus();
  expect([several.tabIndex, single.tabIndex]).toEqual([-1, 0]);
  await user.keyboard('{ArrowLeft}');
  expect(several).toHaveFocus();
});

it('lays a second instance beside the first, and takes it away again', async () => {
  const user = userEvent.setup();
  const { router } = show('/telemetry?instance=i1&compare=i2');
  const cpu = await screen.findByRole('table', { name: /^CPU, % of one core/ });
  await waitFor(() => expect(within(cpu).getAllByRole('rowheader')).toHaveLength(2));
  await user.click(screen.getByRole('button', { name: 'Stop comparing with web-2' }));
  await waitFor(() => expect(router.state.location.search).toEqual({ instance: 'i1' }));
});
