import { expect, it } from 'vitest';

import { isShortcut, shortcuts } from './shortcuts.ts';

const press = (key: string, more: { ctrlKey?: true; metaKey?: true; altKey?: true } = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});

it('takes what the sheet shows, and the browser’s names for it', () => {
  expect(isShortcut('next', press('j'))).toBe(true);
  expect(isShortcut('next', press('ArrowDown'))).toBe(true);
  expect(isShortcut('clear', press('Escape'))).toBe(true);
  expect(isShortcut('next', press('k'))).toBe(false);
});

it('asks for Ctrl or Command exactly where it is part of it', () => {
  expect(isShortcut('palette', press('k', { ctrlKey: true }))).toBe(true);
  expect(isShortcut('palette', press('K', { metaKey: true }))).toBe(true);
  expect(isShortcut('palette', press('k'))).toBe(false);
  expect(isShortcut('previous', press('k', { ctrlKey: true }))).toBe(false);
  expect(isShortcut('open', press('Enter', { altKey: true }))).toBe(false);
});

it('never means two things in one place', () => {
  for (const group of ['everywhere', 'filter', 'list']) {
    const keys = Object.values(shortcuts)
      .filter((one) => one.group === group)
      .map((one) => one.keys.join(' '));
    expect(new Set(keys).size).toBe(keys.length);
  }
});
