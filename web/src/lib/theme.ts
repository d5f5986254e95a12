import { createStore, keepChoice, readChoice, useStore } from './store.ts';

export type Theme = 'system' | 'light' | 'dark';

const THEME_KEY = 'cyclorama.theme';
const themeStore = createStore<Theme>(readChoice(THEME_KEY, ['system', 'light', 'dark']));
const systemDark = (): MediaQueryList => window.matchMedia('(prefers-color-scheme: dark)');

function apply(): void {
  const theme = themeStore.get();
  const dark = theme === 'dark' || (theme === 'system' && systemDark().matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  document.documentElement.classList.toggle('dark', dark);
}

export const useTheme = (): Theme => useStore(themeStore);

/** `public/theme.js` reads the choice before the first paint. */
export function setTheme(theme: Theme): void {
  keepChoice(THEME_KEY, theme);
  themeStore.set(theme);
  apply();
}

export function followSystemTheme(): void {
  systemDark().addEventListener('change', apply);
}
