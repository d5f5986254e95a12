import { useState } from 'react';

import { indexTopology, useTopology } from '../../../api/use-topology.ts';
import { Input } from '../../../ui/input.tsx';
import { Popover } from '../../../ui/popover.tsx';
import type { Target } from '../queries.ts';
import { findTargets } from '../targets.rules.ts';

type TargetPickerProps = {
  label: string;
  /** For comparing: instances only. */
  instancesOnly?: boolean;
  onPick: (target: Target) => void;
};

export function TargetPicker({ label, instancesOnly = false, onPick }: TargetPickerProps) {
  return (
    <Popover label={label} align="start" trigger={label} triggerClass="border border-line-strong bg-panel">
      {(close) => (
        <TargetList
          instancesOnly={instancesOnly}
          onPick={(target) => {
            close();
            onPick(target);
          }}
        />
      )}
    </Popover>
  );
}

function TargetList({ instancesOnly, onPick }: { instancesOnly: boolean; onPick: (target: Target) => void }) {
  const [text, setText] = useState('');
  const topology = useTopology();
  if (topology.data === undefined) return <p className="text-muted">Loading the environment…</p>;
  const { found, total } = findTargets(indexTopology(topology.data), text, instancesOnly);
  return (
    <div className="flex w-80 max-w-full flex-col gap-2">
      <Input
        // The panel opens for typing.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        aria-label="Name or id"
        placeholder="Name or id"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul className="flex max-h-72 flex-col overflow-auto">
        {found.map(({ kind, id, name, detail }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => onPick({ kind, id })}
              className="flex min-h-7 w-full items-center gap-2 rounded px-2 text-left hover:bg-hover"
            >
              <span className="min-w-0 flex-1 truncate">{name}</span>
              <span className="text-xs text-muted">{detail}</span>
            </button>
          </li>
        ))}
      </ul>
      <output className="text-xs text-muted">
        {total === 0
          ? 'No matches'
          : `${found.length} of ${total}${total > found.length ? '; type to narrow' : ''}`}
      </output>
    </div>
  );
}
