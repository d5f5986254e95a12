type Shortcut = {
  group: 'everywhere' | 'filter' | 'list';
  /** As shown, and as the browser names them where that differs. */
  keys: readonly string[];
  also?: readonly string[];
};

/**
 * Every shortcut but those of pages (`g` and a letter): the handlers ask `isShortcut`, the sheet lists them with what
 * they do.
 */
export const shortcuts = {
  palette: { group: 'everywhere', keys: ['Ctrl', 'K'] },
  sheet: { group: 'everywhere', keys: ['?'] },
  filter: { group: 'everywhere', keys: ['/'] },
  close: { group: 'everywhere', keys: ['Esc'], also: ['Escape'] },
  toList: { group: 'filter', keys: ['Enter'], also: ['Tab'] },
  clear: { group: 'filter', keys: ['Esc'], also: ['Escape'] },
  next: { group: 'list', keys: ['j'], also: ['ArrowDown'] },
  previous: { group: 'list', keys: ['k'], also: ['ArrowUp'] },
  open: { group: 'list', keys: ['Enter'] },
  select: { group: 'list', keys: ['x'] },
  details: { group: 'list', keys: ['e'] },
} as const satisfies Record<string, Shortcut>;

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

export function isShortcut(name: keyof typeof shortcuts, press: Press): boolean {
  const { keys, also = [] }: Shortcut = shortcuts[name];
  const wantsCtrl = keys[0] === 'Ctrl';
  if (press.altKey || (press.ctrlKey || press.metaKey) !== wantsCtrl) return false;
  if (wantsCtrl) return press.key.toLowerCase() === keys[1]?.toLowerCase();
  return keys.includes(press.key) || also.includes(press.key);
}
