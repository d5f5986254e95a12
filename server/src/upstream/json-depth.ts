/** No upstream documents more than a dozen levels. */
const DEEPEST = 200;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * True when code that walks values recursively would run out of stack. `JSON.parse` itself takes any depth;
 * `JSON.stringify` and schemas don't.
 */
export function isNestedTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    // `[` and `{`, `]` and `}` differ in one bit only.
    else if ((code | 0x20) === 0x7b) {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if ((code | 0x20) === 0x7d) depth -= 1;
  }
  return false;
}

/** End of the string that begins at `start`; the end of the text when unterminated. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === BACKSLASH) before -= 1;
  return (at - before) % 2 === 0;
}
