/** A request as a script would make it. `body` is JSON; `placeholder(…)` stands where a secret would be. */
export type CurlRequest = {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  body?: unknown;
};

// JSON.stringify writes the mark as an escape, which no text a person typed can turn into by accident.
const MARK = '\u0000';
const MARKED = /\\\\u0000([A-Za-z_][A-Za-z0-9_]*)\\\\u0000/g;

/** Stands for a value the shell fills in from the variable of that name; the value itself is nowhere in the text. */
export function placeholder(name: string): string {
  return `${MARK}${name}${MARK}`;
}

/**
 * The `curl` command of a request, for a POSIX shell, with the access token taken from `$CYCLORAMA_TOKEN`. A body
 * stands in a here-document, where only placeholders are filled in: whatever else a shell would read is escaped.
 */
export function toCurl({ method, url, body }: CurlRequest): string {
  const lines = [
    `curl${method === 'GET' ? '' : ` -X ${method}`} ${quoted(url)}`,
    `  -H "Authorization: Bearer $CYCLORAMA_TOKEN"`,
  ];
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
