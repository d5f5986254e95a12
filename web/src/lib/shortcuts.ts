type Shortcut = {
  group: 'everywhere' | 'filter' | 'list';
  what: string;
  /** As shown, and as the browser names them where that differs. */
  keys: readonly string[];
  also?: readonly string[];
};

/** Every shortcut but those of pages (`g` and a letter): the sheet lists them, the handlers ask `isShortcut`. */
export const shortcuts = {
  palette: { group: 'everywhere', what: 'Go to a page, container or instance', keys: ['Ctrl', 'K'] },
  sheet: { group: 'everywhere', what: 'Show shortcuts', keys: ['?'] },
  filter: { group: 'everywhere', what: 'Filter the list', keys: ['/'] },
  close: { group: 'everywhere', what: 'Close', keys: ['Esc'], also: ['Escape'] },
  toList: { group: 'filter', what: 'Go to the first row', keys: ['Enter'], also: ['Tab'] },
  clear: { group: 'filter', what: 'Clear the filter', keys: ['Esc'], also: ['Escape'] },
  next: { group: 'list', what: 'Next row', keys: ['j'], also: ['ArrowDown'] },
  previous: { group: 'list', what: 'Previous row', keys: ['k'], also: ['ArrowUp'] },
  open: { group: 'list', what: 'Open the row', keys: ['Enter'] },
  select: { group: 'list', what: 'Select the row', keys: ['x'] },
  details: { group: 'list', what: 'Show what has no room in the row', keys: ['e'] },
} as const satisfies Record<string, Shortcut>;

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

export function isShortcut(name: keyof typeof shortcuts, press: Press): boolean {
  const { keys, also = [] }: Shortcut = shortcuts[name];
  const wantsCtrl = keys[0] === 'Ctrl';
  if (press.altKey || (press.ctrlKey || press.metaKey) !== wantsCtrl) return false;
  if (wantsCtrl) return press.key.toLowerCase() === keys[1]?.toLowerCase();
  return keys.includes(press.key) || also.includes(press.key);
}
