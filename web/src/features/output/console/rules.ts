import type { ConsoleResponse } from '@cyclorama/shared/output.ts';

/** Those that are kept on the page. */
export const MOST_LINES = 10_000;

export type ShownConsole = Pick<ConsoleResponse, 'state' | 'reason' | 'after' | 'partial'> & {
  lines: readonly string[];
};

export function withNews(before: ShownConsole | null, news: ConsoleResponse): ShownConsole {
  const { state, reason, after, partial, text, isReset } = news;
  const ended = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  const kept = isReset || before === null ? [] : before.lines;
  const lines = ended.length === 0 && kept.length > 0 ? kept : [...kept, ...ended].slice(-MOST_LINES);
  return { state, reason, after, partial, lines };
}

/** What is read and copied. */
export function textOf({ lines, partial }: ShownConsole): string {
  return [...lines, ...(partial === '' ? [] : [partial])].map((line) => `${line}\n`).join('');
}
