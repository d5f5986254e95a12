// @vitest-environment jsdom
import { renderHook } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';

import { setServerClock, useClockAhead } from './server-clock.ts';

afterEach(() => setServerClock('1970-01-01T00:00:00Z', 0));

it('knows how far the server is ahead, and keeps that when told no time', () => {
  setServerClock('2026-01-01T00:00:05Z', Date.parse('2026-01-01T00:00:00Z'));
  setServerClock('0001-01-01T00:00:00Z', 0);
  expect(renderHook(useClockAhead).result.current).toBe(5000);
});
