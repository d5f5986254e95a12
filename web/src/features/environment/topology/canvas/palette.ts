import type { StateTone } from '../../../../ui/state-visual.ts';
import type { FillStep } from '../graph/fills.ts';

export type Palette = {
  background: string;
  panel: string;
  sunken: string;
  line: string;
  lineStrong: string;
  text: string;
  muted: string;
  accent: string;
  tint: string;
  dangerSoft: string;
  warningSoft: string;
  tone: Record<StateTone, string>;
  /** A healthy cell at `far`: pale, so that others stand out. */
  healthy: string;
  /** Colours of kinds, the first also of amounts. */
  series: readonly string[];
};

export function readPalette(root: Element = document.documentElement): Palette {
  const style = getComputedStyle(root);
  const read = (name: string) => style.getPropertyValue(name).trim() || 'gray';
  return {
    background: read('--bg'),
    panel: read('--panel'),
    sunken: read('--sunken'),
    line: read('--line'),
    lineStrong: read('--line-strong'),
    text: read('--text'),
    muted: read('--muted'),
    accent: read('--accent-text'),
    tint: read('--accent-line'),
    dangerSoft: read('--danger-soft'),
    warningSoft: read('--warning-soft'),
    tone: {
      neutral: read('--tone-neutral'),
      success: read('--tone-success'),
      warning: read('--tone-warning'),
      danger: read('--tone-danger'),
      muted: read('--tone-muted'),
    },
    healthy: read('--success-line'),
    series: Array.from({ length: 8 }, (_, at) => read(`--series-${at + 1}`)),
  };
}

/** As the legend shows it; an amount is more of one colour. */
export function fillColour(palette: Palette, { scale, step }: FillStep): { colour: string; alpha: number } {
  if (scale === 'amount') return { colour: palette.series[0] ?? palette.accent, alpha: step * 0.14 };
  return { colour: palette.series[step - 1] ?? palette.muted, alpha: 0.4 };
}

/** Runs `changed` when the theme changes, by choice or by the system. @returns unsubscribe */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] });
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    dark.removeEventListener('change', changed);
  };
}
