import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { openSpool } from './spool.ts';
import type { Spool } from './spool.ts';

const MANY = 1_000_000;

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cyclorama-spool-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const frame = (name: string | number, size = 0): Buffer => Buffer.from(String(name).padEnd(size, '.'));
const namesIn = (spool: Spool, bytes = MANY): string[] =>
  (spool.next(bytes)?.frames ?? []).map((each) => each.toString().replaceAll('.', ''));

it('gives frames in order, again until they are acknowledged, with the one before as a base', () => {
  const spool = openSpool(newFolder(), MANY);
  expect(spool.next(MANY)).toBeNull();
  for (const name of [1, 2, 3, 4]) spool.append(frame(name), 10);
  expect(spool.next(MANY)?.base).toBeNull();
  expect(namesIn(spool, 2)).toEqual(['1', '2']);
  expect(namesIn(spool, 0)).toEqual(['1']);
  spool.acknowledge(spool.next(2)?.last ?? 0);
  expect(spool.next(MANY)?.base?.toString()).toBe('2');
  expect(namesIn(spool)).toEqual(['3', '4']);
  expect(spool.state()).toMatchObject({ frames: 2, samples: 20, dropped: 0 });
  spool.acknowledge(spool.next(MANY)?.last ?? 0);
  expect(spool.next(MANY)).toBeNull();
});

it('knows after a sudden end what was appended and what was acknowledged', () => {
  const folder = newFolder();
  const first = openSpool(folder, MANY);
  for (const name of [1, 2, 3]) first.append(frame(name), 1);
  first.acknowledge(1);
  // Not closed: nothing but what is on disk is left of it.
  const second = openSpool(folder, MANY);
  expect(second.next(MANY)?.base?.toString()).toBe('1');
  expect(namesIn(second)).toEqual(['2', '3']);
  second.append(frame(4), 1);
  second.acknowledge(3);
  const third = openSpool(folder, MANY);
  expect(namesIn(third)).toEqual(['4']);
  third.acknowledge(4);
  const fourth = openSpool(folder, MANY);
  fourth.append(frame(5), 1);
  expect(fourth.next(MANY)).toMatchObject({ base: frame(4), frames: [frame(5)] });
});

it('leaves out a record that was cut short or damaged, and goes on behind it', () => {
  const folder = newFolder();
  const first = openSpool(folder, MANY);
  for (const name of ['one', 'two', 'six']) first.append(frame(name), 1);
  const [name = ''] = readdirSync(folder);
  const file = join(folder, name);
  const whole = readFileSync(file);
  appendFileSync(file, whole.subarray(0, 13));
  const cut = openSpool(folder, MANY);
  expect(namesIn(cut)).toEqual(['one', 'two', 'six']);
  cut.append(frame('ten'), 1);
  expect(namesIn(openSpool(folder, MANY))).toEqual(['one', 'two', 'six', 'ten']);

  whole[whole.indexOf('six')] = 0;
  writeFileSync(file, whole);
  expect(namesIn(openSpool(folder, MANY))).toEqual(['one', 'two', 'ten']);
});

it('keeps to its bound, drops the oldest first and counts the samples in them, across restarts', () => {
  const folder = newFolder();
  const bound = 8_000;
  const spool = openSpool(folder, bound);
  for (let name = 1; name <= 100; name += 1) {
    spool.append(frame(name, 400), 3);
    expect(spool.state().bytes).toBeLessThanOrEqual(bound);
  }
  const kept = namesIn(spool);
  expect(kept.at(-1)).toBe('100');
  expect(kept.length).toBeGreaterThan(15);
  expect(kept.map(Number)).toEqual(kept.map((_, index) => 101 - kept.length + index));
  expect(spool.state()).toMatchObject({ samples: 3 * kept.length, dropped: 3 * (100 - kept.length) });
  const again = openSpool(folder, bound);
  expect(again.state()).toEqual(spool.state());
  again.append(frame('huge', bound + 1), 7);
  expect(again.state().dropped).toBe(spool.state().dropped + 7);
});
