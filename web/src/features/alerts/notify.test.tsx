import type { AlertMessagesResponse } from '@cyclorama/shared/alert-deliveries.ts';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { showPage } from '../../testing/show-page.tsx';
import { AlertsPage } from './AlertsPage.tsx';
import { AlertCount } from './components/AlertCount.tsx';
import { setAlertNotifications } from './notify.store.ts';

const message = (id: string): AlertMessagesResponse['messages'][number] => ({
  id,
  kind: 'firing',
  rule: { id: 'r1', name: 'Unhealthy' },
  summary: `Unhealthy: api-${id}`,
  createdAt: '2026-03-26T09:15:00Z',
  alertId: `a${id}`,
});
let messages = [message('1')];

/** Stands before the page is loaded, which reads at once what is permitted. */
const browser = vi.hoisted(() => {
  const seen = { shown: [] as string[], asked: 0, newest: null as EventTarget | null };
  class FakeNotification extends EventTarget {
    static permission = 'granted';
    static requestPermission(): Promise<string> {
      seen.asked += 1;
      return Promise.resolve(FakeNotification.permission);
    }
    constructor(title: string, { body, tag }: NotificationOptions) {
      super();
      seen.shown.push(`${title}: ${body} (${tag})`);
      seen.newest = this;
    }
    close(): void {
      seen.newest = null;
    }
  }
  Object.assign(globalThis, { Notification: FakeNotification });
  return seen;
});

beforeEach(() => {
  messages = [message('1')];
  browser.shown = [];
  browser.asked = 0;
  browser.newest = null;
  vi.spyOn(document, 'hasFocus').mockReturnValue(false);
});
afterEach(() => {
  setAlertNotifications(false);
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const bff = ({ path }: { path: string }) => {
  if (path.startsWith('/api/alert-messages')) return { body: { messages } };
  if (path.startsWith('/api/alerts/summary')) return { body: { firing: 0, unacknowledged: 0, worst: null } };
  if (path.startsWith('/api/alert-settings'))
    return {
      body: { quietHours: null, toMonitoring: false, isQuiet: false, changedBy: null, changedAt: null },
    };
  return { body: { alerts: [], total: 0 } };
};

it('asks the browser only when pressed, and can be stopped', async () => {
  const user = userEvent.setup();
  showPage('/alerts', '/alerts', AlertsPage, 'viewer', bff);
  const button = await screen.findByRole('button', { name: 'Notify me' });
  expect(browser.asked).toBe(0);
  await user.click(button);
  expect(browser.asked).toBe(1);
  await user.click(await screen.findByRole('button', { name: 'Stop notifying me' }));
  expect(await screen.findByRole('button', { name: 'Notify me' })).toBeVisible();
});

it('shows one notification for what is told after the page was opened, and none for what was before', async () => {
  setAlertNotifications(true);
  const { client } = showPage('/alerts', '/alerts', AlertCount, 'viewer', bff);
  await waitFor(() => expect(client.getQueryData(['alerts', 'messages'])).toBeDefined());
  expect(browser.shown).toEqual([]);
  messages = [message('2'), message('1')];
  await client.invalidateQueries({ queryKey: ['alerts'] });
  await waitFor(() => expect(browser.shown).toEqual(['Alert: Unhealthy: api-2 (2)']));
  await client.invalidateQueries({ queryKey: ['alerts'] });
  expect(browser.shown).toHaveLength(1);
});

it.each([
  ['the alert it is about', 'a2', { alert: 'a2' }],
  ['the alerts of its rule, where it is about several', null, { q: 'Unhealthy' }],
])('leads from a notification to %s', async (_, alertId, search) => {
  setAlertNotifications(true);
  const { client, router } = showPage('/alerts', '/alerts', AlertCount, 'viewer', bff);
  await waitFor(() => expect(client.getQueryData(['alerts', 'messages'])).toBeDefined());
  messages = [{ ...message('2'), alertId }, message('1')];
  await client.invalidateQueries({ queryKey: ['alerts'] });
  await waitFor(() => expect(browser.newest).not.toBeNull());
  browser.newest?.dispatchEvent(new Event('click'));
  await waitFor(() => expect(router.state.location.search).toEqual(search));
  expect(browser.newest).toBeNull();
});
