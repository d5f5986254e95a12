import { StateGlyph } from '../../../../ui/state-glyph.tsx';
import type { StateShape, StateTone } from '../../../../ui/state-visual.ts';
import type { Fill, FillStep } from '../graph/fills.ts';

const entries: { shape: StateShape; tone: StateTone; label: string }[] = [
  { shape: 'filled', tone: 'success', label: 'Running' },
  { shape: 'half', tone: 'warning', label: 'Changing' },
  { shape: 'ring', tone: 'muted', label: 'Stopped' },
  { shape: 'square', tone: 'danger', label: 'Failed or unhealthy' },
  { shape: 'dashed', tone: 'muted', label: 'Unknown' },
];

export function Legend({ fill }: { fill: Fill | null }) {
  return (
    <ul aria-label="Legend" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted">
      {fill?.classes.map((step) => (
        <li key={step.label} className="inline-flex items-center gap-1.5">
          <span aria-hidden className="h-3 w-5 border border-line-strong" style={swatch(step)} />
          {step.label}
        </li>
      ))}
      {fill !== null && (
        <li className="inline-flex items-center gap-1.5">
          <span aria-hidden className="h-3 w-5 border border-line-strong" />
          {fill.without}
        </li>
      )}
      {entries.map(({ shape, tone, label }) => (
        <li key={label} className="inline-flex items-center gap-1.5">
          <StateGlyph shape={shape} tone={tone} />
          {label}
        </li>
      ))}
      <li className="inline-flex items-center gap-1.5">
        <span aria-hidden className="h-3 w-5 border border-line-strong bg-sunken" />
        Service
      </li>
      <li className="inline-flex items-center gap-1.5">
        <span aria-hidden className="h-3 w-5 border border-dashed border-line-strong bg-panel" />
        Function pool
      </li>
    </ul>
  );
}

/** As `fillColour` of the canvas. */
function swatch({ scale, step }: FillStep) {
  const [series, alpha] = scale === 'amount' ? [1, step * 0.14] : [step, 0.4];
  return { backgroundColor: `color-mix(in srgb, var(--series-${series}) ${alpha * 100}%, transparent)` };
}
