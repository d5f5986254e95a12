import type { SeriesStyle } from '../series-style.rules.ts';

export function SeriesSwatch({ style }: { style: SeriesStyle | undefined }) {
  return (
    <svg aria-hidden width="18" height="8" className="shrink-0">
      <path
        d="M1 4h16"
        stroke={style?.color ?? 'var(--muted)'}
        strokeWidth="2"
        strokeDasharray={style?.dash}
      />
    </svg>
  );
}
