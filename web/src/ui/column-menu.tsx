import { Columns3 } from 'lucide-react';

import { Button } from './button.tsx';
import { Menu } from './menu.tsx';

type ColumnMenuProps = {
  columns: readonly { key: string; header: string; primary?: boolean }[];
  hidden: readonly string[];
  onToggle: (key: string) => void;
};

export function ColumnMenu({ columns, hidden, onToggle }: ColumnMenuProps) {
  return (
    <Menu
      label="Columns"
      trigger={
        <Button size="sm" variant="ghost" icon={<Columns3 aria-hidden size={14} />}>
          Columns
        </Button>
      }
      items={columns
        .filter(({ primary }) => primary !== true)
        .map(({ key, header }) => ({
          key,
          label: header,
          checked: !hidden.includes(key),
          onSelect: () => onToggle(key),
        }))}
    />
  );
}
