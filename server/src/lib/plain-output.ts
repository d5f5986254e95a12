import { redactUrls } from './redact-url.ts';
import { visibleText } from './visible-text.ts';

// oxlint-disable no-control-regex -- they are what is looked for
/**
 * Escape sequences of terminals (ECMA-48): CSI, then strings that are ended (a title, a link), then all others. What
 * begins a string and never ends it loses its two characters only, so that nothing can hide what follows.
 */
const SEQUENCES =
  /\u001B\[[0-?]*[ -/]*[@-~]|\u009B[0-?]*[ -/]*[@-~]|\u001B[\]PX^_][^\u0007\u001B]*(?:\u0007|\u001B\\)|\u001B[\]PX^_]|\u001B[ -/]*[0-Z\\`-~]/g;
// oxlint-enable no-control-regex

export function withoutEscapes(text: string): string {
  return text.includes('\u001B') || text.includes('\u009B') ? text.replaceAll(SEQUENCES, '') : text;
}

/**
 * What a program wrote, to be read and never acted on: no escape sequences, other control characters made visible,
 * addresses without their credentials. A carriage return by itself begins a line: a progress bar writes them.
 */
export function plainOutput(text: string): string {
  return redactUrls(visibleText(withoutEscapes(text).replaceAll(/\r+\n?/g, '\n')));
}
