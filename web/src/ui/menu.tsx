import { Check } from 'lucide-react';
import * as Radix from 'radix-ui/dropdown-menu';
import type { ReactElement, ReactNode } from 'react';

export type MenuItem = {
  key: string;
  label: ReactNode;
  onSelect: () => void;
  disabledReason?: string | undefined;
  /** When given, the item is a check box and the menu stays open. */
  checked?: boolean;
  danger?: boolean;
};

type MenuProps = {
  trigger: ReactElement;
  label: string;
  items: readonly MenuItem[];
  align?: 'start' | 'end';
};

const ITEM =
  'flex min-h-8 items-center gap-2 rounded px-2 text-sm outline-none data-[highlighted]:bg-hover data-[disabled]:text-muted';

function Item({ item }: { item: MenuItem }) {
  const disabled = item.disabledReason !== undefined;
  const text = (
    <span className={item.danger === true && !disabled ? 'text-danger-text' : undefined}>
      {item.label}
      {disabled && <span className="block text-xs text-muted">{item.disabledReason}</span>}
    </span>
  );
  if (item.checked === undefined) {
    return (
      <Radix.Item className={ITEM} disabled={disabled} onSelect={item.onSelect}>
        {text}
      </Radix.Item>
    );
  }
  return (
    <Radix.CheckboxItem
      className={ITEM}
      checked={item.checked}
      disabled={disabled}
      onSelect={(event) => event.preventDefault()}
      onCheckedChange={item.onSelect}
    >
      <span className="inline-flex w-4">
        <Radix.ItemIndicator>
          <Check aria-hidden size={14} />
        </Radix.ItemIndicator>
      </span>
      {text}
    </Radix.CheckboxItem>
  );
}

export function Menu({ trigger, label, items, align = 'end' }: MenuProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={4}
          className="z-50 max-h-[70vh] min-w-44 overflow-auto rounded-lg border border-line bg-panel p-1 shadow-pop"
        >
          {items.map((item) => (
            <Item key={item.key} item={item} />
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
