import { Fragment, isValidElement } from 'react';
import type { ReactNode } from 'react';

import { cx } from '../lib/class-names.ts';
import { NO_VALUE } from '../lib/units.ts';
import { DetailFacts, DetailsButton } from './data-table-detail.tsx';
import { PrimaryCell, SelectBox } from './data-table-parts.tsx';
import type { LineProps } from './data-table-parts.tsx';
import type { Column } from './data-table.types.ts';
import { isRowPress } from './row-press.ts';

/** Pixels. */
const PADDING = 17;
const NAME_HEIGHT = 28;
const FACT_HEIGHT = 40;
const ACTION_HEIGHT = 36;

function partsOf<Row>(columns: readonly Column<Row>[], primary: string | undefined) {
  const action = columns.find((column) => column.action === true);
  const facts = columns.filter((column) => column.key !== primary && column !== action);
  return { action, facts };
}

/** Nothing, a dash, or an element around one. What a component shows isn't known, so it keeps its place. */
function isEmptyCell(cell: ReactNode): boolean {
  if (cell === null || cell === undefined || typeof cell === 'boolean' || cell === '' || cell === NO_VALUE)
    return true;
  if (!isValidElement<{ children?: ReactNode }>(cell)) return false;
  return (cell.type === 'span' || cell.type === Fragment) && isEmptyCell(cell.props.children);
}

/** Of a card without empty fields. */
export function cardHeight<Row>(columns: readonly Column<Row>[], primary: string | undefined): number {
  const { action, facts } = partsOf(columns, primary);
  const wide = facts.filter((fact) => fact.wide === true).length;
  const lines = wide + Math.ceil((facts.length - wide) / 2);
  return PADDING + NAME_HEIGHT + lines * FACT_HEIGHT + (action === undefined ? 0 : ACTION_HEIGHT);
}

export function CardLine<Row>(card: LineProps<Row>) {
  const { props, line, index, columns, primary, active, details, onActive, measure } = card;
  if (line.kind === 'group') {
    return (
      <li
        data-line={index}
        className="flex h-8 items-center gap-2 border-b border-line bg-sunken px-3 font-medium"
      >
        {line.label} <span className="font-normal text-muted">{line.count}</span>
      </li>
    );
  }
  if (line.kind === 'details') {
    return (
      <li ref={measure} data-index={index} data-line={index} className="border-b border-line bg-sunken">
        <DetailFacts columns={details.columns} row={line.row} />
      </li>
    );
  }
  const title = columns.find((column) => column.key === primary);
  const { action, facts } = partsOf(columns, primary);
  const told = facts
    .map((column) => ({ ...column, shown: column.cell(line.row) }))
    .filter(({ shown }) => !isEmptyCell(shown));
  return (
    // The links and buttons inside take the keyboard; a press beside them opens the row.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <li
      ref={measure}
      data-index={index}
      data-line={index}
      aria-current={line.key === active || undefined}
      onClick={(event) => {
        onActive(line.key);
        if (isRowPress(event)) props.onOpen?.(line.row);
      }}
      className={cx('border-b border-line px-3 py-2', line.key === active && 'bg-accent-soft')}
    >
      <div className="flex h-7 items-center gap-2">
        {props.selected !== undefined && <SelectBox props={props} rowKey={line.key} />}
        <div className="min-w-0 flex-1 truncate" data-name>
          {title !== undefined && <PrimaryCell props={props} row={line.row} column={title} />}
        </div>
        {details.columns.length > 0 && (
          <DetailsButton rowKey={line.key} details={details} className="-mr-1.5" />
        )}
      </div>
      <dl className="grid grid-cols-2 gap-x-3">
        {told.map(({ key, header, wide, shown }) => (
          <div key={key} className={cx('h-10 min-w-0', wide === true && 'col-span-2')}>
            <dt className="text-xs leading-4 text-muted">{header}</dt>
            <dd className="h-5 truncate">{shown}</dd>
          </div>
        ))}
      </dl>
      {action !== undefined && <div className="flex h-9 items-end empty:hidden">{action.cell(line.row)}</div>}
    </li>
  );
}
