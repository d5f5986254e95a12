import type { AlertSettingsRequest } from '@cyclorama/shared/alert-settings.ts';
import type { Alert, AlertRule } from '@cyclorama/shared/alerts.ts';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import { alert, alertDelivery, alertRule, alertSettingsOf } from '../../testing/builders/alerts.ts';
import { refusal } from '../../testing/builders/common.ts';
import { container, topologyOf } from '../../testing/builders/topology.ts';
import { changes, showPage } from '../../testing/show-page.tsx';
import type { Sent } from '../../testing/show-page.tsx';
import { AlertsPage } from './AlertsPage.tsx';

let alerts: Alert[] = [];
let rules: AlertRule[] = [];
let settings = alertSettingsOf(null);
beforeEach(() => {
  alerts = [];
  rules = [alertRule()];
  settings = alertSettingsOf(null);
});
const bff = ({ method, path, body }: Sent): { status?: number; body: unknown } => {
  if (path.endsWith('/acknowledge')) {
    const { note = null } = body as { note?: string };
    alerts = alerts.map((each) => ({
      ...each,
      acknowledged: { by: 'ada', at: '2026-03-26T09:17:00Z', note },
    }));
    return { body: alerts[0] };
  }
  if (method === 'PUT' && path.startsWith('/api/alert-rules')) {
    rules = rules.map((rule) => ({ ...rule, ...(body as object) }));
    return { body: rules[0] };
  }
  if (path.startsWith('/api/alert-settings')) {
    if (method === 'PUT')
      settings = {
        ...alertSettingsOf((body as AlertSettingsRequest).quietHours),
        ...(body as AlertSettingsRequest),
      };
    return { body: settings };
  }
  if (path.startsWith('/api/alert-rules')) return { body: { rules } };
  const shown = path.includes('state=resolved')
    ? alerts.filter(({ state }) => state === 'resolved')
    : alerts.filter(({ state }) => state !== 'resolved');
  return { body: { alerts: shown, total: shown.length } };
};
const show = (address = '/alerts', role: 'viewer' | 'operator' | 'admin' = 'operator', answer = bff) =>
  showPage('/alerts', address, AlertsPage, role, answer);

it('says that nothing fires', async () => {
  show();
  expect(await screen.findByText('Nothing fires')).toBeVisible();
});

it('shows what fires, unacknowledged and worst first, and acknowledges with a note', async () => {
  alerts = [
    alert({ id: 'a2', severity: 'info', of: { kind: 'instance', id: 'i2', name: 'api-2' } }),
    alert(),
    alert({ id: 'a3', state: 'pending', of: { kind: 'instance', id: 'i3', name: 'api-3' } }),
  ];
  const user = userEvent.setup();
  const { sent } = show();
  const rows = await screen.findAllByRole('row');
  expect(rows.slice(1).map((row) => /api-\d/.exec(row.textContent)?.[0])).toEqual([
    'api-1',
    'api-2',
    'api-3',
  ]);
  await user.click(screen.getByRole('button', { name: 'Acknowledge api-1' }));
  const dialog = within(await screen.findByRole('dialog', { name: /Acknowledge/ }));
  await user.type(dialog.getByLabelText('Note'), 'on it');
  await user.click(dialog.getByRole('button', { name: 'Acknowledge' }));
  expect(await screen.findAllByText('ada')).not.toEqual([]);
  expect(changes(sent)).toEqual([
    { method: 'POST', path: '/api/alerts/a1/acknowledge', body: { note: 'on it' } },
  ]);
});

it('keeps the dialog and says why, where somebody was faster', async () => {
  alerts = [alert()];
  const user = userEvent.setup();
  show('/alerts', 'operator', (request) =>
    request.method === 'POST'
      ? { status: 409, body: refusal('not-allowed-now', 'It is acknowledged already.') }
      : bff(request),
  );
  await user.click(await screen.findByRole('button', { name: 'Acknowledge api-1' }));
  const dialog = within(await screen.findByRole('dialog', { name: /Acknowledge/ }));
  await user.click(dialog.getByRole('button', { name: 'Acknowledge' }));
  expect(await dialog.findByRole('alert')).toHaveTextContent('It is acknowledged already.');
});

it('opens one alert by its address, with all that is known of it, and closes it again', async () => {
  alerts = [
    alert({
      state: 'resolved',
      resolvedAt: '2026-03-26T09:20:00Z',
      resolvedBecause: 'It is so no longer.',
      acknowledged: { by: 'ada', at: '2026-03-26T09:17:00Z', note: 'on it' },
    }),
  ];
  const user = userEvent.setup();
  const { router } = show('/alerts?view=over', 'operator', (request) =>
    request.path === '/api/alerts/a1' ? { body: alerts[0] } : bff(request),
  );
  await user.click(await screen.findByRole('link', { name: 'exit code 21' }));
  expect(router.state.location.search).toEqual({ view: 'over', alert: 'a1' });
  const sheet = within(await screen.findByRole('dialog', { name: 'Instance failed' }));
  for (const text of ['api-1', 'exit code 21', 'It is so no longer.', 'ada', 'on it'])
    expect(await sheet.findByText(text)).toBeVisible();
  expect(sheet.getByRole('link', { name: 'Charts of that time' })).toHaveAttribute(
    'href',
    `/telemetry?instance=i1&from=${Date.UTC(2026, 2, 26, 9)}&to=${Date.UTC(2026, 2, 26, 9, 35)}`,
  );
  await user.click(sheet.getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(router.state.location.search).toEqual({ view: 'over' }));
});

it('says that an alert is not kept any more', async () => {
  show('/alerts?alert=a9', 'viewer', (request) =>
    request.path === '/api/alerts/a9'
      ? { status: 404, body: refusal('not-found', 'There is no such alert.') }
      : bff(request),
  );
  const sheet = within(await screen.findByRole('dialog', { name: 'Alert' }));
  expect(await sheet.findByText('There is no such alert.')).toBeVisible();
});

it('shows what is over, and why it ended', async () => {
  alerts = [
    alert({
      state: 'resolved',
      resolvedAt: '2026-03-26T09:20:00Z',
      resolvedBecause: 'It is so no longer.',
    }),
  ];
  show('/alerts?view=over');
  expect(await screen.findByText('It is so no longer.')).toBeVisible();
});

it('switches a rule off and on; viewers are told why they can’t', async () => {
  const user = userEvent.setup();
  const { sent } = show('/alerts?view=rules');
  await user.click(await screen.findByRole('button', { name: 'Switch off Instance failed' }));
  expect(await screen.findByRole('button', { name: 'Switch on Instance failed' })).toBeVisible();
  const [change] = changes(sent);
  expect(change).toMatchObject({ method: 'PUT', path: '/api/alert-rules/r1', body: { enabled: false } });
});

it('makes a rule, tried on the past before it is saved', async () => {
  const user = userEvent.setup();
  const { sent } = show('/alerts?view=rules', 'operator', (request) => {
    if (request.path.startsWith('/api/topology')) return { body: topologyOf([]) };
    if (request.path.endsWith('/try'))
      return {
        body: {
          from: '2026-03-19T09:15:00Z',
          to: '2026-03-26T09:15:00Z',
          limits: null,
          total: 3,
          times: [
            {
              of: { kind: 'instance', id: 'i1', name: 'api-1' },
              firedAt: '2026-03-20T09:15:00Z',
              resolvedAt: null,
            },
          ],
        },
      };
    return request.method === 'POST' ? { body: alertRule(), status: 201 } : bff(request);
  });
  await user.click(await screen.findByRole('button', { name: 'New rule…' }));
  const form = within(await screen.findByRole('dialog', { name: 'New alert rule' }));
  expect(form.getByRole('button', { name: 'Save rule' })).toHaveAttribute('aria-disabled', 'true');
  await user.type(form.getByLabelText('Name'), 'Busy');
  await user.clear(form.getByLabelText('Threshold, %'));
  await user.type(form.getByLabelText('Threshold, %'), '80');
  await user.click(form.getByRole('button', { name: 'Try on the past' }));
  expect(await form.findByText(/Would have fired 3 times since/)).toBeVisible();
  expect(form.getByText(/fires still/)).toBeVisible();
  await user.click(form.getByRole('button', { name: 'Save rule' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  const body = {
    name: 'Busy',
    condition: { kind: 'measure', measure: 'cpu', than: 'above', threshold: 80 },
    scope: { objects: [], names: [], deployments: [] },
    forSeconds: 300,
    severity: 'warning',
    enabled: true,
  };
  expect(changes(sent)).toEqual([
    { method: 'POST', path: '/api/alert-rules/try', body },
    { method: 'POST', path: '/api/alert-rules', body },
  ]);
});

it('says of a rule that it can’t be checked, and why', async () => {
  rules = [alertRule({ blind: 'Cycle does not answer.' })];
  show('/alerts?view=rules', 'viewer');
  expect(await screen.findByText('not checked')).toBeVisible();
  expect(screen.getByText('Cycle does not answer.')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: /Switch off/ })).toHaveAttribute('aria-disabled', 'true');
});

it('shows admins what was sent and how far it has come, and sends it again', async () => {
  const user = userEvent.setup();
  const { sent } = show('/alerts?view=deliveries', 'admin', (request) => {
    if (request.path.endsWith('/retry')) return { body: alertDelivery({ state: 'delivered' }) };
    if (!request.path.startsWith('/api/alert-deliveries')) return bff(request);
    const deliveries = [
      alertDelivery(),
      alertDelivery({ id: 'd2', summary: 'Unhealthy: api-2', state: 'given-up' }),
    ];
    return { body: { webhookHost: 'hooks.example', deliveries, total: 2 } };
  });
  const row = within(await screen.findByRole('row', { name: /Instance failed: api-1/ }));
  expect(row.getByText('waiting')).toBeVisible();
  expect(row.getByText(/It answered 503\./)).toBeVisible();
  expect(screen.getByText('hooks.example')).toBeVisible();
  expect(screen.getByText('given up')).toBeVisible();
  await user.click(row.getByRole('button', { name: 'Send now: Instance failed: api-1' }));
  await waitFor(() =>
    expect(changes(sent)).toEqual([{ method: 'POST', path: '/api/alert-deliveries/d1/retry', body: {} }]),
  );
});

it('shows nobody else what was sent', async () => {
  show('/alerts?view=deliveries');
  expect(await screen.findByText('Nothing fires')).toBeVisible();
  expect(screen.queryByRole('tab', { name: 'Deliveries' })).not.toBeInTheDocument();
});

it('sets what is told and when, and says by the name of the field what is wrong with them', async () => {
  const user = userEvent.setup();
  const { sent } = show('/alerts?view=rules', 'admin');
  await screen.findByText(/No quiet hours/);
  await user.click(await screen.findByRole('button', { name: 'What is told…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'What is told' }));
  await user.click(dialog.getByLabelText(/Cycle’s monitoring/));
  await user.click(dialog.getByLabelText('Quiet hours each day'));
  await user.clear(dialog.getByLabelText('Time zone'));
  await user.type(dialog.getByLabelText('Time zone'), 'Mars/Olympus');
  expect(dialog.getByLabelText('Time zone')).toHaveAccessibleDescription(/name of a time zone/);
  expect(dialog.getByRole('button', { name: 'Save' })).toHaveAttribute('aria-disabled', 'true');
  await user.clear(dialog.getByLabelText('Time zone'));
  await user.type(dialog.getByLabelText('Time zone'), 'Europe/Berlin');
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText(/22:00 to 07:00, Europe\/Berlin/)).toBeVisible();
  expect(changes(sent)).toEqual([
    {
      method: 'PUT',
      path: '/api/alert-settings',
      body: { quietHours: { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' }, toMonitoring: true },
    },
  ]);
});

it('says while it is quiet until when, and of an alert that nobody was told', async () => {
  settings = { ...alertSettingsOf({ from: '22:00', to: '07:00', timeZone: 'UTC' }), isQuiet: true };
  alerts = [alert({ toldAt: null })];
  show('/alerts', 'viewer');
  expect(await screen.findByText(/Quiet hours until 07:00, UTC/)).toBeVisible();
  expect(screen.getByText(/told when they end/)).toBeVisible();
});

/** Returns what makes the window as narrow as a phone. */
function widthOfTests(): () => void {
  let isNarrow = false;
  const listeners = new Set<() => void>();
  vi.stubGlobal('matchMedia', (media: string) => ({
    get matches() {
      return isNarrow && media.includes('max-width: 639px');
    },
    addEventListener: (_: string, listener: () => void) => listeners.add(listener),
    removeEventListener: (_: string, listener: () => void) => listeners.delete(listener),
  }));
  return () => {
    isNarrow = true;
    act(() => listeners.forEach((listener) => listener()));
  };
}

it('keeps what was typed about an alert when the list becomes cards', async () => {
  alerts = [alert()];
  const user = userEvent.setup();
  const narrow = widthOfTests();
  show();
  await user.click(await screen.findByRole('button', { name: 'Acknowledge api-1' }));
  await user.type(within(screen.getByRole('dialog')).getByLabelText('Note'), 'on it');
  narrow();
  expect(within(screen.getByRole('dialog')).getByLabelText('Note')).toHaveValue('on it');
  vi.unstubAllGlobals();
});

it('keeps a rule that is edited or to be deleted when the list becomes cards', async () => {
  rules = [alertRule({ isBuiltIn: false })];
  const user = userEvent.setup();
  const narrow = widthOfTests();
  show('/alerts?view=rules', 'operator', (request) =>
    request.path.startsWith('/api/topology') ? { body: topologyOf([]) } : bff(request),
  );
  await user.click(await screen.findByRole('button', { name: 'Edit Instance failed' }));
  const name = () => within(screen.getByRole('dialog')).getByLabelText('Name');
  await user.type(name(), ' now');
  narrow();
  expect(name()).toHaveValue('Instance failed now');
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Cancel' }));
  await user.click(await screen.findByRole('button', { name: 'Delete Instance failed' }));
  expect(screen.getByRole('dialog', { name: /Delete the rule/ })).toBeVisible();
  vi.unstubAllGlobals();
});

it('makes a rule of what the instances of some containers use together', async () => {
  const user = userEvent.setup();
  const { sent } = show('/alerts?view=rules', 'operator', (request) => {
    if (request.path.startsWith('/api/topology'))
      return { body: topologyOf([container('c1', { name: 'api' }), container('c2', { name: 'web' })]) };
    return request.method === 'POST' ? { body: alertRule(), status: 201 } : bff(request);
  });
  await user.click(await screen.findByRole('button', { name: 'New rule…' }));
  const form = within(await screen.findByRole('dialog', { name: 'New alert rule' }));
  await user.type(form.getByLabelText('Name'), 'Busy');
  await user.selectOptions(form.getByLabelText('Watches'), 'A measure of a container or server');
  await user.selectOptions(form.getByLabelText('Its instances as'), 'mean');
  await user.type(form.getByLabelText('Of'), 'api, nothing');
  expect(form.getByLabelText('Of')).toHaveAccessibleDescription(/got “nothing”/);
  await user.clear(form.getByLabelText('Of'));
  await user.type(form.getByLabelText('Of'), 'api, w*');
  await user.type(form.getByLabelText('Deployments'), 'v1, v2');
  await user.click(form.getByRole('button', { name: 'Save rule' }));
  await waitFor(() => expect(changes(sent)).toHaveLength(1));
  expect(changes(sent)[0]?.body).toMatchObject({
    condition: { kind: 'group-measure', of: 'container', by: 'mean', measure: 'cpu', threshold: 200 },
    scope: { objects: ['c1'], names: ['w*'], deployments: ['v1', 'v2'] },
  });
});

it('keeps of an edited rule what it named before, also where it is gone', async () => {
  rules = [alertRule({ scope: { objects: ['c1', 'gone'], names: ['w*'], deployments: [] } })];
  const user = userEvent.setup();
  const { sent } = show('/alerts?view=rules', 'operator', (request) =>
    request.path.startsWith('/api/topology')
      ? { body: topologyOf([container('c1', { name: 'api' })]) }
      : bff(request),
  );
  await user.click(await screen.findByRole('button', { name: 'Edit Instance failed' }));
  const form = within(await screen.findByRole('dialog', { name: /Edit/ }));
  expect(form.getByLabelText('Of')).toHaveValue('api, gone, w*');
  await user.click(form.getByRole('button', { name: 'Save rule' }));
  await waitFor(() => expect(changes(sent)).toHaveLength(1));
  expect(changes(sent)[0]?.body).toMatchObject({ scope: { objects: ['c1', 'gone'], names: ['w*'] } });
});
