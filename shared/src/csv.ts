export type Cell = string | number | boolean | null;

/** Spreadsheets run a text that begins so as a formula. */
const formula = /^[=+\-@\t\r]/;
const special = /[",\r\n]/;

/** RFC 4180, ended by CRLF. A text that looks like a formula gets a quote in front. */
export function csvRecord(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = formula.test(cell) ? `'${cell}` : cell;
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
