// oxlint-disable no-control-regex -- they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;
/** Marks, embeddings, overrides and isolates (UAX 9): one that isn't closed reverses whatever stands beside it. */
const DIRECTION_MARKS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
/** Either of them unescaped in JSON, where no other control character may be. */
const UNESCAPED = /[\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
// oxlint-enable no-control-regex
const MAYBE_ESCAPED = /\\[bfru]/;
/** Each escape whole, so that an escaped backslash begins no other one. */
const ESCAPES = /\\(?:u([0-9a-fA-F]{4})|r\\n|.)/g;

/**
 * Control characters as `\x1B`, so that no terminal, log or page acts on them; without direction marks. Line ends and
 * tabs stay.
 */
export function visibleText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(DIRECTION_MARKS, '')
    .replaceAll(
      CONTROLS,
      (character) => String.raw`\x${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    );
}

/** As `JSON.parse`, with every string made visible. @throws SyntaxError */
export function parseVisible(text: string): unknown {
  let json = text;
  if (json.includes('\\') && MAYBE_ESCAPED.test(json)) json = json.replaceAll(ESCAPES, visibleEscape);
  return JSON.parse(json.replaceAll(UNESCAPED, escaped)) as unknown;
}

function escaped(character: string): string {
  return JSON.stringify(visibleText(character)).slice(1, -1);
}

const SHORT: Record<string, string> = { '\\b': '\b', '\\f': '\f', '\\r': '\r', '\\r\\n': '\n' };

function visibleEscape(escape: string, code: string | undefined): string {
  const character = code === undefined ? SHORT[escape] : String.fromCharCode(Number.parseInt(code, 16));
  // Half of a surrogate pair, among others, is left as it was written.
  if (character === undefined || visibleText(character) === character) {
    return escape === '\\r\\n' ? '\\n' : escape;
  }
  return escaped(character);
}
