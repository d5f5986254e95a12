import { ChevronDown, ChevronUp, Maximize, Minus, Plus } from 'lucide-react';
import { useEffect, useState } from 'react';

import type { ChangeSearch } from '../../../../router/url-search.ts';
import { Button } from '../../../../ui/button.tsx';
import { Chip } from '../../../../ui/chip.tsx';
import { FilterBar } from '../../../../ui/filter-bar.tsx';
import { Select } from '../../../../ui/select.tsx';
import type { TopologySearch } from '../search.ts';
import type { PictureHandle } from '../use-picture.ts';
import type { TopologyView } from '../use-topology-view.ts';
import { FilterMenu } from './FilterMenu.tsx';

type TopologyToolbarProps = {
  view: TopologyView;
  search: TopologySearch;
  onChange: ChangeSearch<TopologySearch>;
  onStep: (step: 1 | -1) => void;
  picture: () => PictureHandle | null;
};

const groupings = [
  { value: 'container', label: 'By container' },
  { value: 'server', label: 'By server' },
  { value: 'location', label: 'By location' },
] as const;

const fills = [
  { value: 'state', label: 'Fill: state' },
  { value: 'cpu', label: 'Fill: CPU' },
  { value: 'memory', label: 'Fill: memory' },
  { value: 'version', label: 'Fill: version' },
  { value: 'age', label: 'Fill: age' },
] as const;

export function TopologyToolbar({ view, search, onChange, onStep, picture }: TopologyToolbarProps) {
  const { filtered, found, graph } = view;
  const [text, setText] = useTypedText(search.q ?? '', (q) => onChange({ q: q === '' ? undefined : q }));
  const isPicture = search.view !== 'table';
  return (
    <FilterBar
      value={text}
      onChange={setText}
      shown={found?.length ?? filtered.matches.size}
      total={graph.nodes.length}
      noun="nodes"
      placeholder="Name, id or address  /"
    >
      {found !== null && (
        <span className="inline-flex">
          <Button variant="ghost" aria-label="Previous match (k)" onClick={() => onStep(-1)} className="px-2">
            <ChevronUp aria-hidden size={14} />
          </Button>
          <Button variant="ghost" aria-label="Next match (j)" onClick={() => onStep(1)} className="px-2">
            <ChevronDown aria-hidden size={14} />
          </Button>
        </span>
      )}
      <FilterMenu graph={graph} search={search} onChange={onChange} />
      <Chip
        pressed={search.problems === 'only'}
        onPressedChange={(only) => onChange({ problems: only ? 'only' : undefined })}
      >
        Problems only
      </Chip>
      {isPicture && (
        <>
          <Select
            aria-label="Group by"
            value={search.group ?? 'container'}
            options={groupings}
            onValueChange={(group) => onChange({ group: group === 'container' ? undefined : group })}
          />
          <Select
            aria-label="Fill shows"
            value={search.fill ?? 'state'}
            options={fills}
            onValueChange={(fill) => onChange({ fill: fill === 'state' ? undefined : fill })}
          />
          <span className="inline-flex items-center">
            <Button
              variant="ghost"
              aria-label="Zoom out (-)"
              className="px-2"
              onClick={() => picture()?.zoom(2 / 3)}
            >
              <Minus aria-hidden size={14} />
            </Button>
            <Button
              variant="ghost"
              aria-label="Zoom in (+)"
              className="px-2"
              onClick={() => picture()?.zoom(1.5)}
            >
              <Plus aria-hidden size={14} />
            </Button>
            <Button
              variant="ghost"
              icon={<Maximize aria-hidden size={14} />}
              aria-label="Show everything (0)"
              className="px-2"
              onClick={() => picture()?.fit()}
            />
          </span>
        </>
      )}
    </FilterBar>
  );
}

const SETTLE_MS = 150;

/** Debounced: every change filters the whole graph. */
function useTypedText(value: string, onSettled: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => {
    if (typed === null) return undefined;
    const timer = setTimeout(() => {
      onSettled(typed);
      setTyped(null);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [typed, onSettled]);
  return [typed ?? value, setTyped];
}
