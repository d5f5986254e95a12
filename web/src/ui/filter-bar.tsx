import { Search, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';

import { isTyping } from '../lib/keys.ts';
import { isShortcut } from '../lib/shortcuts.ts';
import { plural } from '../lib/units.ts';
import { Input } from './input.tsx';

type FilterBarProps = {
  value: string;
  onChange: (value: string) => void;
  shown: number;
  total: number;
  /** More than `total` exist but are not loaded. */
  hasMore?: boolean;
  /** "instances". */
  noun: string;
  placeholder?: string;
  /** Chips, selects and column choice, after the text. */
  children?: ReactNode;
};

/** Filters while typing; `/` focuses it, Escape clears it, Enter and Tab lead to the list. */
export function FilterBar(props: FilterBarProps) {
  const { value, onChange, shown, total, hasMore = false, noun, placeholder, children } = props;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (!isShortcut('filter', event) || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus();
    };
    window.addEventListener('keydown', focus);
    return () => window.removeEventListener('keydown', focus);
  }, []);
  const one = noun.replace(/(?<=ss)es$|s$/u, '');
  const all = hasMore ? `${total.toLocaleString('en')}+ ${noun}` : plural(total, one, noun);
  const count = shown === total ? all : `${shown.toLocaleString('en')} of ${all}`;
  return (
    <search
      aria-label={`Filter ${noun}`}
      className="flex flex-wrap items-center gap-2 [&_select]:w-40 print:[&>:not(output)]:hidden"
    >
      <div className="relative w-64 max-sm:order-first max-sm:w-auto max-sm:flex-1 max-sm:basis-40">
        <Search aria-hidden size={14} className="absolute top-1/2 left-2.5 -translate-y-1/2 text-muted" />
        <Input
          ref={input}
          type="text"
          inputMode="search"
          aria-label={`Filter ${noun}`}
          placeholder={placeholder ?? `Filter ${noun}  /`}
          value={value}
          className="pr-7 pl-8"
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            if (isShortcut('clear', event)) {
              onChange('');
              event.currentTarget.blur();
            } else if (isShortcut('toList', event) && !event.shiftKey) {
              const list = listAfter(event.currentTarget);
              if (list === undefined) return;
              event.preventDefault();
              list.focus();
            }
          }}
        />
        {value !== '' && (
          <button
            type="button"
            aria-label="Clear the filter"
            onClick={() => onChange('')}
            className="absolute top-1 right-1 inline-flex size-6 items-center justify-center rounded text-muted hover:bg-hover"
          >
            <X aria-hidden size={14} />
          </button>
        )}
      </div>
      {children}
      <output className="ml-auto text-muted max-sm:order-first max-sm:whitespace-nowrap">
        {count}
        {hasMore && <span className="hidden print:inline">; only these were loaded and are printed</span>}
      </output>
    </search>
  );
}

/** The chips between are reached with Shift and Tab from the list. */
function listAfter(input: HTMLElement): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>('[data-list]')].find(
    (list) => (input.compareDocumentPosition(list) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
  );
}
