import { StateGlyph } from '../../../../ui/state-glyph.tsx';
import type { StateVisual } from '../../../../ui/state-visual.ts';

/** As the picture shows it: of a container, its worst instance. */
export function NodeState({ visual: { shape, tone, label } }: { visual: StateVisual }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <StateGlyph shape={shape} tone={tone} />
      {label}
    </span>
  );
}
