import { useId, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';

/** One thing that can be chosen; `key` is its own among all that are shown. */
export type Option = { key: string; disabled: boolean; onSelect: () => void };

export type OptionsList = {
  /** The key of the one that Enter chooses. */
  active: string | null;
  listId: string;
  optionId: (place: number) => string;
  inputProps: {
    role: 'combobox';
    'aria-expanded': true;
    'aria-autocomplete': 'list';
    'aria-controls': string;
    'aria-activedescendant': string | undefined;
    onKeyDown: (event: KeyboardEvent) => void;
  };
  listProps: {
    id: string;
    role: 'listbox';
    onPointerMove: (event: PointerEvent) => void;
    onPointerDown: (event: PointerEvent) => void;
    onClick: (event: { target: EventTarget }) => void;
  };
  /** Makes the first of what comes next the active one. */
  reset: () => void;
};

/**
 * Keyboard and pointer of a list of options below a text field that keeps the focus, after the ARIA pattern of a
 * combobox. Rows say which they are by `data-place`, so that none needs handlers of its own. The active one stays when
 * the options change around it.
 */
export function useOptions(options: readonly Option[]): OptionsList {
  const [chosen, setChosen] = useState<string | null>(null);
  const listId = useId();
  const movedTo = useRef({ x: Number.NaN, y: Number.NaN });
  const enabled = options.filter(({ disabled }) => !disabled);
  const current = enabled.find(({ key }) => key === chosen) ?? enabled[0];
  const optionId = (place: number) => `${listId}-${place}`;
  const placeOf = ({ key }: Option) => options.findIndex((option) => option.key === key);
  const at = (target: EventTarget): Option | undefined => {
    const row = target instanceof Element ? target.closest('[data-place]') : null;
    const option = options[Number(row?.getAttribute('data-place') ?? Number.NaN)];
    return option?.disabled === false ? option : undefined;
  };
  const move = (to: Option | undefined) => {
    if (to === undefined) return;
    setChosen(to.key);
    document.getElementById(optionId(placeOf(to)))?.scrollIntoView({ block: 'nearest' });
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => move(enabled[current === undefined ? 0 : enabled.indexOf(current) + 1]),
    ArrowUp: () => move(enabled[current === undefined ? 0 : enabled.indexOf(current) - 1]),
    Home: () => move(enabled[0]),
    End: () => move(enabled.at(-1)),
    Enter: () => current?.onSelect(),
  };
  return {
    active: current?.key ?? null,
    listId,
    optionId,
    reset: () => setChosen(null),
    inputProps: {
      role: 'combobox',
      'aria-expanded': true,
      'aria-autocomplete': 'list',
      'aria-controls': listId,
      'aria-activedescendant': current && optionId(placeOf(current)),
      onKeyDown: (event) => {
        const act = keys[event.key];
        // An input method takes these keys for itself.
        if (
          act === undefined ||
          event.nativeEvent.isComposing ||
          event.ctrlKey ||
          event.metaKey ||
          event.altKey
        )
          return;
        event.preventDefault();
        act();
      },
    },
    listProps: {
      id: listId,
      role: 'listbox',
      onPointerMove: ({ target, clientX, clientY }) => {
        // Rows that change under a resting pointer also send this.
        const { x, y } = movedTo.current;
        if (x === clientX && y === clientY) return;
        movedTo.current = { x: clientX, y: clientY };
        const option = at(target);
        if (option !== undefined) setChosen(option.key);
      },
      // The text field keeps the focus.
      onPointerDown: (event) => event.preventDefault(),
      onClick: ({ target }) => at(target)?.onSelect(),
    },
  };
}

type OptionAt = { id: string; place: number; isActive: boolean; disabled: boolean };

/** Of the element of one option. */
export const optionProps = ({ id, place, isActive, disabled }: OptionAt) => ({
  id,
  role: 'option',
  'data-place': place,
  'aria-selected': isActive,
  'aria-disabled': disabled,
});
