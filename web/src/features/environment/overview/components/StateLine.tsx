import type { Overview } from '@cyclorama/shared/environment.ts';

import { plural } from '../../../../lib/units.ts';
import { StateGlyph } from '../../../../ui/state-glyph.tsx';

/** What a person who has ten seconds needs to know. */
export function StateLine({ data }: { data: Overview }) {
  const { urgentTotal, attentionTotal } = data;
  const later = attentionTotal - urgentTotal;
  const tone = urgentTotal > 0 ? 'danger' : later > 0 ? 'warning' : 'muted';
  const shape = urgentTotal > 0 ? 'square' : later > 0 ? 'half' : 'filled';
  const urgent =
    urgentTotal === 0
      ? 'Nothing needs a person'
      : `${plural(urgentTotal, 'thing')} ${urgentTotal === 1 ? 'needs' : 'need'} a person`;
  return (
    <p className="flex items-center gap-2 text-base font-medium">
      <StateGlyph shape={shape} tone={tone} />
      <span>
        {urgent}
        {later > 0 && (
          <span className="font-normal text-muted"> · {later.toLocaleString('en')} to watch</span>
        )}
      </span>
    </p>
  );
}
