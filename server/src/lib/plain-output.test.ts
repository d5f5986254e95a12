import { describe, expect, it } from 'vitest';

import { plainOutput, withoutEscapes } from './plain-output.ts';

const ESC = '\u001B';

describe('plain output', () => {
  it.each([
    ['colours', `${ESC}[1;38;5;208mhot${ESC}[0m`, 'hot'],
    ['cursor moves and clearing', `a${ESC}[2K${ESC}[1Gb${ESC}[?25l`, 'ab'],
    ['8-bit CSI', '\u009B31mred\u009B0m', 'red'],
    ['titles and links', `${ESC}]0;title\u0007x${ESC}]8;;https://x.example${ESC}\\y`, 'xy'],
    ['device strings', `${ESC}P1$r0m${ESC}\\z`, 'z'],
    ['character sets and resets', `${ESC}(B${ESC}cx${ESC}7`, 'x'],
  ])('is without %s', (_name, text, plain) => {
    expect(withoutEscapes(text)).toBe(plain);
  });

  it('hides nothing behind a sequence that never ends', () => {
    expect(plainOutput(`before ${ESC}]0;after`)).toBe('before 0;after');
    expect(plainOutput(`before ${ESC}[31`)).toBe(String.raw`before \x1B[31`);
    expect(plainOutput(ESC)).toBe(String.raw`\x1B`);
  });

  it('begins a line where a program went back to its start', () => {
    expect(plainOutput('1%\r2%\r\r\n3%\n')).toBe('1%\n2%\n3%\n');
  });

  it('takes time in proportion to what was written', () => {
    const started = performance.now();
    plainOutput(`${ESC}]`.repeat(100_000) + `${ESC}[`.repeat(100_000) + '\u009B1;'.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
