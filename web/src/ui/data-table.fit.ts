import type { Column } from './data-table.types.ts';

/** Pixels. A column without a width needs this many, so that the one that names the row always has room for a name. */
const FLEXIBLE_MIN = 184;
const LEAVES_FIRST = Number.MAX_SAFE_INTEGER;
const SELECT_WIDTH = 36;
const EXPAND_WIDTH = 36;

export type Fit<Row> = {
  shown: readonly Column<Row>[];
  /** What has no room: shown in the row's details. */
  left: readonly Column<Row>[];
  /** Pixels below which the table scrolls instead of becoming narrower. */
  minWidth: number;
};

const widthOf = <Row>({ width, minWidth }: Column<Row>): number => width ?? minWidth ?? FLEXIBLE_MIN;

export function primaryOf<Row>(columns: readonly Column<Row>[]): Column<Row> | undefined {
  return columns.find((column) => column.primary === true) ?? columns[0];
}

/** The most important first; of two that are alike the one further left. */
function byPriority<Row>(columns: readonly Column<Row>[]): Column<Row>[] {
  return columns.toSorted((a, b) => (a.priority ?? LEAVES_FIRST) - (b.priority ?? LEAVES_FIRST));
}

const split = <Row>(columns: readonly Column<Row>[], kept: ReadonlySet<Column<Row>>) => ({
  shown: columns.filter((column) => kept.has(column)),
  left: columns.filter((column) => !kept.has(column)),
});

/**
 * Which columns have room in `available` pixels. The row's name and its action always stay; the others leave strictly
 * in the order of their priority. Zero means not measured yet: all stay.
 */
export function fitColumns<Row>(
  columns: readonly Column<Row>[],
  available: number,
  isSelectable: boolean,
): Fit<Row> {
  const primary = primaryOf(columns);
  const fixed = columns.filter((column) => column === primary || column.action === true);
  const others = byPriority(columns.filter((column) => !fixed.includes(column)));
  const select = isSelectable ? SELECT_WIDTH : 0;
  let used = fixed.reduce((sum, column) => sum + widthOf(column), select);
  const all = others.reduce((sum, column) => sum + widthOf(column), used);
  if (available === 0 || all <= available) return { shown: columns, left: [], minWidth: all };
  used += EXPAND_WIDTH;
  const kept = new Set(fixed);
  for (const column of others) {
    if (used + widthOf(column) > available) break;
    used += widthOf(column);
    kept.add(column);
  }
  return { ...split(columns, kept), minWidth: used };
}

const CARD_FACTS = 4;

/** What a card shows: besides a few facts every sentence, each on a line of its own. */
export function fitCard<Row>(columns: readonly Column<Row>[]): Fit<Row> {
  const primary = primaryOf(columns);
  const stays = (column: Column<Row>) => column === primary || column.action === true || column.wide === true;
  const facts = byPriority(columns.filter((column) => !stays(column))).slice(0, CARD_FACTS);
  return { ...split(columns, new Set([...columns.filter(stays), ...facts])), minWidth: 0 };
}
