import { useId, useRef, useState } from 'react';

import { formatAbsolute, useZone } from '../../../../lib/time.ts';
import { plural } from '../../../../lib/units.ts';
import { placeBeside } from '../../../../ui/place.ts';
import { StateGlyph } from '../../../../ui/state-glyph.tsx';
import { Tooltip } from '../../../../ui/tooltip.tsx';
import type { MarkGroup } from '../rules.ts';
import { MarkLink } from './MarkLink.tsx';
import { MarkRows } from './MarkRows.tsx';

type MarkHandleProps = { group: MarkGroup; tabIndex: number; onFocus: () => void };

const MOST_TOLD = 5;
const PLACE =
  'pointer-events-auto absolute -top-3 flex size-6 -translate-x-1/2 cursor-pointer items-center justify-center';

/** Tells on hover and focus. One event leads to its object; several open as a list. */
export function MarkHandle({ group, tabIndex, onFocus }: MarkHandleProps) {
  const { marks, looks } = group;
  const [mark] = marks;
  if (mark === undefined) return null;
  if (marks.length > 1) return <GroupHandle group={group} tabIndex={tabIndex} onFocus={onFocus} />;
  return (
    <Tooltip content={<Told group={group} />} className={PLACE}>
      <MarkLink
        mark={mark}
        data-handle=""
        aria-label={`${mark.text}, ${mark.of.name}`}
        tabIndex={tabIndex}
        onFocus={onFocus}
        className="flex size-6 items-center justify-center"
      >
        <StateGlyph {...looks} />
      </MarkLink>
    </Tooltip>
  );
}

function GroupHandle({ group, tabIndex, onFocus }: MarkHandleProps) {
  const { marks, looks, at } = group;
  const zone = useZone();
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  const name = `${plural(marks.length, 'event')} from ${formatAbsolute(at, zone)}`;
  const onToggle = (open: boolean) => {
    setOpen(open);
    if (!open) return;
    requestAnimationFrame(() => {
      if (panel.current === null || button.current === null) return;
      placeBeside(panel.current, button.current.getBoundingClientRect(), 'below-start');
    });
  };
  return (
    <>
      <Tooltip content={<Told group={group} />} className={PLACE}>
        <button
          ref={button}
          type="button"
          data-handle=""
          aria-label={name}
          aria-expanded={isOpen}
          aria-haspopup="dialog"
          popoverTarget={id}
          tabIndex={tabIndex}
          onFocus={onFocus}
          className="flex size-6 items-center justify-center"
        >
          <span
            className="flex h-4 min-w-4 items-center justify-center rounded-full border bg-panel px-1 text-xs leading-none font-medium"
            style={{ borderColor: `var(--tone-${looks.tone})` }}
          >
            {marks.length}
          </span>
        </button>
      </Tooltip>
      <dialog
        ref={panel}
        id={id}
        popover="auto"
        aria-label={name}
        onToggle={(event) => onToggle(event.newState === 'open')}
        className="pointer-events-auto fixed m-0 max-h-64 w-96 max-w-[calc(100vw-16px)] overflow-auto rounded-lg border border-line bg-panel p-2 text-text shadow-pop"
      >
        {isOpen && <MarkRows marks={marks} label={name} />}
      </dialog>
    </>
  );
}

function Told({ group: { marks, at } }: { group: MarkGroup }) {
  const zone = useZone();
  return (
    <>
      <span className="block text-muted">{formatAbsolute(at, zone)}</span>
      {marks.slice(0, MOST_TOLD).map((mark) => (
        <span key={mark.id} className="flex items-center gap-1.5">
          <StateGlyph shape={mark.shape} tone={mark.tone} />
          {mark.text}, {mark.of.name}
        </span>
      ))}
      {marks.length > MOST_TOLD && (
        <span className="block text-muted">and {marks.length - MOST_TOLD} more; open for all</span>
      )}
    </>
  );
}
