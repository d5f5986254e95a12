import { plainOutput } from '../../../lib/plain-output.ts';

/** Characters that are kept: as many as Cycle itself keeps bytes. */
export const KEPT_CHARACTERS = 128 * 1024;
/** Of a line that does not end; it is taken as one then. */
const LINE_AT_MOST = 16_384;

/**
 * What a console has shown. Escape sequences, characters and addresses may be split between frames, so a line is made
 * plain once it has ended; until then it is `partial` and may change.
 */
export function createConsoleText() {
  const decoder = new TextDecoder();
  let kept = '';
  /** Characters before the kept ones. */
  let before = 0;
  let raw = '';

  return {
    add(bytes: Buffer): void {
      raw += decoder.decode(bytes, { stream: true });
      const end = raw.length > LINE_AT_MOST ? raw.length : raw.lastIndexOf('\n') + 1;
      const ended = end === raw.length && !raw.endsWith('\n') ? `${raw}\n` : raw.slice(0, end);
      raw = raw.slice(end);
      kept += plainOutput(ended);
      if (kept.length <= KEPT_CHARACTERS) return;
      const next = kept.indexOf('\n', kept.length - KEPT_CHARACTERS) + 1;
      before += next;
      kept = kept.slice(next);
    },
    /** Where the kept lines end. */
    get end() {
      return before + kept.length;
    },
    /** Null where older lines are asked for than are kept. */
    since: (place: number): string | null => (place < before ? null : kept.slice(place - before)),
    all: (): string => kept,
    partial: (): string => plainOutput(raw),
  };
}
