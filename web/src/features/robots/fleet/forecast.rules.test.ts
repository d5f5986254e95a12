import { expect, it } from 'vitest';

import { forecastText, waitText } from './forecast.rules.ts';

const forecast = (lowSeconds: number, highSeconds: number | null) =>
  forecastText({ lowSeconds, highSeconds, chance: 0.8, basis: 37 });

it('says how often, how long, and on what it rests', () => {
  expect(forecast(240, 1200)).toBe('80 % of similar waits ended within 4–20 min; 37 recorded waits.');
  expect(forecast(40, 5400)).toBe('80 % of similar waits ended within 40 s – 1 h 30 min; 37 recorded waits.');
  expect(forecast(0, 0)).toBe('80 % of similar waits ended at once; 37 recorded waits.');
});

it('claims no end where there is none to claim, and nothing from nothing', () => {
  expect(forecast(600, null)).toBe('At least 10 min; no upper limit at 80 % (37 recorded waits).');
  expect(forecastText(null)).toMatch(/^Too few recorded waits/);
});

it('says a wait as an interval with its chance', () => {
  const wait = (lowSeconds: number, highSeconds: number | null) =>
    waitText({ lowSeconds, highSeconds, chance: 0.8, basis: 20 });
  expect(wait(1_200, 2_700)).toBe('20–45 min, 8 in 10');
  expect(wait(160, 1_006)).toBe('2–17 min, 8 in 10');
  expect(wait(26, 529)).toBe('26 s – 9 min, 8 in 10');
  expect(wait(0, 300)).toBe('up to 5 min, 8 in 10');
  expect(wait(600, null)).toBe('over 10 min, 8 in 10');
  expect(wait(0, 0)).toBe('at once, 8 in 10');
  expect(waitText(null)).toBe('no estimate yet');
});
