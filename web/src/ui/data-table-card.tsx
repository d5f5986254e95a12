import { cx } from '../lib/class-names.ts';
import { PrimaryCell, SelectBox } from './data-table-parts.tsx';
import type { LineProps } from './data-table-parts.tsx';

const FACTS = 4;

export function CardLine<Row>(card: LineProps<Row> & { height: number }) {
  const { props, line, index, primary, active, height } = card;
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
  const title = props.columns.find((column) => column.key === primary);
  const action = props.columns.find((column) => column.cardAction === true);
  const facts = props.columns.filter((column) => column.key !== primary && column !== action).slice(0, FACTS);
  return (
    <li
      data-line={index}
      aria-current={line.key === active || undefined}
      style={{ height }}
      className={cx(
        'overflow-hidden border-b border-line px-3 py-2',
        line.key === active && 'bg-accent-soft',
      )}
    >
      <div className="flex min-h-6 items-center gap-2">
        {props.selected !== undefined && <SelectBox props={props} rowKey={line.key} />}
        <div className="min-w-0 flex-1 truncate">
          {title !== undefined && <PrimaryCell props={props} row={line.row} column={title} />}
        </div>
        {action?.cell(line.row)}
      </div>
      <dl className="grid grid-cols-2 gap-x-3">
        {facts.map((column) => (
          <div key={column.key} className="min-w-0">
            <dt className="text-xs leading-4 text-muted">{column.header}</dt>
            <dd className="h-5 truncate">{column.cell(line.row)}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
