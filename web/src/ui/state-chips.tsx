import { Chip } from './chip.tsx';
import { StateGlyph } from './state-glyph.tsx';
import { visualOf } from './state-visual.ts';

type StateChipsProps = {
  label: string;
  counts: readonly { value: string; count: number }[];
  chosen: readonly string[] | undefined;
  onToggle: (value: string) => void;
  /** True: words that are no states have no glyph. */
  plain?: boolean;
};

export function StateChips({ label, counts, chosen, onToggle, plain = false }: StateChipsProps) {
  // A chosen state with no rows keeps its chip, so that it can be unchosen.
  const gone = (chosen ?? []).filter((value) => counts.every((each) => each.value !== value));
  const all = [...counts, ...gone.map((value) => ({ value, count: 0 }))];
  return (
    <fieldset className="flex flex-wrap gap-1.5 min-w-0 max-w-full max-sm:flex-nowrap max-sm:overflow-x-auto max-sm:[&>*]:shrink-0">
      <legend className="float-left mr-1 flex h-7 items-center text-xs text-muted">{label}</legend>
      {all.map(({ value, count }) => {
        const { shape, tone, label } = visualOf(value);
        return (
          <Chip
            key={value}
            pressed={chosen?.includes(value) === true}
            onPressedChange={() => onToggle(value)}
          >
            {!plain && <StateGlyph shape={shape} tone={tone} />}
            {label} <span className="text-muted">{count.toLocaleString('en')}</span>
          </Chip>
        );
      })}
    </fieldset>
  );
}
