import { useXAxisScale, useYAxisScale } from 'recharts';

import type { StateTone } from '../../../../ui/state-visual.ts';
import type { ChartMark } from '../rules.ts';
import { MarkLink } from './MarkLink.tsx';

const COLOR: Record<StateTone, string> = {
  danger: 'var(--tone-danger)',
  warning: 'var(--tone-warning)',
  success: 'var(--tone-success)',
  neutral: 'var(--tone-neutral)',
  muted: 'var(--tone-muted)',
};

/** A line at each event with a handle that leads to it; `top` is the scale's highest value. */
export function MarkLines({ marks, top }: { marks: readonly ChartMark[]; top: number }) {
  const xScale = useXAxisScale();
  const yScale = useYAxisScale();
  if (xScale === undefined || yScale === undefined) return null;
  const [high, low] = [yScale(top) ?? 0, yScale(0) ?? 0];
  return (
    <g>
      {marks.map((mark) => {
        const x = xScale(mark.at);
        if (x === undefined) return null;
        const color = COLOR[mark.tone];
        return (
          <MarkLink key={mark.id} mark={mark} hidden>
            <g onMouseDown={(event) => event.stopPropagation()} style={{ cursor: 'pointer' }}>
              <title>{mark.text}</title>
              <path d={`M${x} ${high}V${low}`} stroke={color} strokeDasharray="2 3" />
              <circle cx={x} cy={high} r="9" fill="transparent" />
              {mark.shape === 'square' ? (
                <rect x={x - 3.5} y={high - 3.5} width="7" height="7" fill={color} />
              ) : (
                <circle
                  cx={x}
                  cy={high}
                  r="3.5"
                  fill={mark.shape === 'filled' ? color : 'var(--panel)'}
                  stroke={color}
                  strokeWidth="1.5"
                />
              )}
            </g>
          </MarkLink>
        );
      })}
    </g>
  );
}
