export type VariableRow = { name: string; value: string };
export type ParsedVariables = { rows: VariableRow[]; errors: string[] };

const namePattern = /^[A-Za-z_][A-Za-z0-9_]*$/;
const LONGEST_VALUE = 32_768;

/**
 * By index; null for a valid row. Of two rows with one name the later is wrong. Limits as in the contract's
 * `environmentVariables`.
 */
export function variableErrors(rows: VariableRow[]): (string | null)[] {
  const seen = new Set<string>();
  return rows.map((row) => {
    if (isBlank(row)) return null;
    if (row.name === '') return 'Name: expected one for this value';
    if (!namePattern.test(row.name)) {
      return 'Name: expected letters, digits and _, not starting with a digit';
    }
    // The server refuses it too: a schema would drop it without a word.
    if (row.name === '__proto__') return 'Name: __proto__ can’t be used';
    if (seen.has(row.name)) return `Name: ${row.name} is given twice`;
    seen.add(row.name);
    if (row.value.length > LONGEST_VALUE) return 'Value: expected at most 32,768 characters';
    return null;
  });
}

/** Requires `variableErrors` to be empty. */
export function toEnvironmentVariables(rows: VariableRow[]): Record<string, string> {
  return Object.fromEntries(rows.filter((row) => !isBlank(row)).map((row) => [row.name, row.value]));
}

/** A JSON object of scalars, or lines of a `.env` file. Errors never repeat a value. */
export function parseVariables(text: string): ParsedVariables {
  return text.trimStart().startsWith('{') ? parseJson(text) : parseDotEnv(text);
}

function parseJson(text: string): ParsedVariables {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { rows: [], errors: ['Expected a JSON object like {"NAME": "value"}; this is not valid JSON'] };
  }
  const rows: VariableRow[] = [];
  const errors: string[] = [];
  for (const [name, value] of Object.entries(parsed as Record<string, unknown>)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      rows.push({ name, value: String(value) });
    } else {
      errors.push(`${name}: expected text, a number, true or false`);
    }
  }
  return { rows, errors };
}

function parseDotEnv(text: string): ParsedVariables {
  const rows: VariableRow[] = [];
  const errors: string[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const match = /^(?:export\s+)?([^=\s]+)\s*=\s*(.*)$/.exec(line);
    const name = match?.[1];
    if (name === undefined) errors.push(`Line ${index + 1}: expected NAME=value`);
    else rows.push({ name, value: unquote(match?.[2] ?? '') });
  }
  return { rows, errors };
}

/** `.env` quoting: double quotes know \n and \", single quotes are literal, bare values end at ` #`. */
function unquote(raw: string): string {
  const double = /^"((?:[^"\\]|\\.)*)"/.exec(raw);
  if (double?.[1] !== undefined) {
    return double[1].replace(/\\(.)/g, (_, char: string) => ({ n: '\n', r: '\r', t: '\t' })[char] ?? char);
  }
  const single = /^'([^']*)'/.exec(raw);
  return single?.[1] ?? raw.replace(/\s+#.*$/, '').trim();
}

function isBlank(row: VariableRow): boolean {
  return row.name === '' && row.value === '';
}
