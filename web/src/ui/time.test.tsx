import { render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';

import { setServerClock } from '../lib/server-clock.ts';
import { Ago, FromNow } from './time.tsx';

const HOUR = 3_600_000;
const at = (ahead: number) => new Date(Date.now() + ahead).toISOString();

afterEach(() => setServerClock(at(0), Date.now()));

it('never says of a time ahead of the server’s that it was just now', () => {
  render(<Ago at={at(90_000)} />);
  expect(screen.getByText('in 1 min')).toBeVisible();
});

it('counts on the clock of the server, which gave the time', () => {
  setServerClock(at(2 * HOUR), Date.now());
  render(<Ago at={at(HOUR - 60_000)} />);
  expect(screen.getByText('1 h ago')).toBeVisible();
  render(<FromNow at={at(5 * HOUR + 60_000)} />);
  expect(screen.getByText(/^in 3 h/)).toBeVisible();
});
