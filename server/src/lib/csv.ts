/** What a cell may hold; null is empty. */
export type Cell = string | number | boolean | null;

/** Spreadsheets take a text that begins so for a formula and would carry it out. */
const formula = /^[=+\-@\t\r]/;
const special = /[",\r\n]/;

/** One record as RFC 4180 wants it, ended by CRLF. Texts that a spreadsheet would take for a formula get a quote in front. */
export function csvRecord(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = formula.test(cell) ? `'${cell}` : cell;
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
