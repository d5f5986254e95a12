/** As a script would send it. `body` is JSON; use `placeholder(…)` for secrets. */
export type CurlRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: string;
  /** False where nobody has to be signed in. */
  withToken?: boolean;
  body?: unknown;
};

// JSON.stringify escapes the mark, and typed text can't contain it by accident.
const MARK = '\u0000';
const MARKED = /\\\\u0000([A-Za-z_][A-Za-z0-9_]*)\\\\u0000/g;

/** Expanded by the shell from the variable of that name; the value is not in the text. */
export function placeholder(name: string): string {
  return `${MARK}${name}${MARK}`;
}

/**
 * For a POSIX shell, with the access token from `$CYCLORAMA_TOKEN`. The body is a here-document in which only
 * placeholders are expanded; everything else is escaped.
 */
export function toCurl({ method, url, withToken = true, body }: CurlRequest): string {
  const lines = [`curl${method === 'GET' ? '' : ` -X ${method}`} ${quoted(url)}`];
  if (withToken) lines.push(`  -H "Authorization: Bearer $CYCLORAMA_TOKEN"`);
  if (body === undefined) return lines.join(' \\\n');
  lines.push(`  -H 'Content-Type: application/json'`, '  --data-binary @- <<JSON');
  return `${lines.join(' \\\n')}\n${hereDocument(body)}\nJSON`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function hereDocument(body: unknown): string {
  return JSON.stringify(body, null, 2)
    .replaceAll(/[\\$`]/g, String.raw`\$&`)
    .replaceAll(MARKED, '$$$1');
}
