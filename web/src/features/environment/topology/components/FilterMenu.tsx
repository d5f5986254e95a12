import type { Health } from '@cyclorama/shared/topology.ts';
import { ListFilter } from 'lucide-react';

import { toggled } from '../../../../lib/text-filter.ts';
import type { ChangeSearch } from '../../../../router/url-search.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Checkbox } from '../../../../ui/checkbox.tsx';
import { Popover } from '../../../../ui/popover.tsx';
import { visualOf } from '../../../../ui/state-visual.ts';
import type { Graph, GraphKind } from '../graph/build.ts';
import { healthLabels, kindLabels, readList, writeList } from '../rules.ts';
import type { TopologySearch } from '../search.ts';

type FilterMenuProps = {
  graph: Graph;
  search: TopologySearch;
  onChange: ChangeSearch<TopologySearch>;
};

export function FilterMenu({ graph, search, onChange }: FilterMenuProps) {
  const parts = {
    kind: readList(search.kind),
    state: readList(search.state),
    health: readList(search.health),
  };
  const active = parts.kind.length + parts.state.length + parts.health.length;
  return (
    <Popover
      label="Filter by kind, state and health"
      align="start"
      triggerClass="border border-line-strong bg-panel"
      trigger={
        <>
          <ListFilter aria-hidden size={14} />
          Filter
          {active > 0 && <Badge tone="accent">{active}</Badge>}
        </>
      }
    >
      {() => (
        <div className="flex flex-col gap-3 p-1">
          <div className="grid grid-cols-3 gap-4 max-sm:grid-cols-2">
            <Choices
              legend="Kind"
              options={kindOptions(graph)}
              chosen={parts.kind}
              onToggle={(value) => onChange((before) => ({ kind: toggledIn(before.kind, value) }))}
            />
            <Choices
              legend="State"
              options={stateOptions(graph)}
              chosen={parts.state}
              onToggle={(value) => onChange((before) => ({ state: toggledIn(before.state, value) }))}
            />
            <Choices
              legend="Health of instances"
              options={Object.entries(healthLabels).map(([value, label]) => ({
                value: value as Health,
                label,
              }))}
              chosen={parts.health}
              onToggle={(value) => onChange((before) => ({ health: toggledIn(before.health, value) }))}
            />
          </div>
          {active > 0 && (
            <Button
              size="sm"
              variant="ghost"
              onClick={() => onChange({ kind: undefined, state: undefined, health: undefined })}
            >
              Clear all filters
            </Button>
          )}
        </div>
      )}
    </Popover>
  );
}

const toggledIn = (list: string | undefined, value: string) =>
  writeList(toggled(readList(list), value) ?? []);

type ChoicesProps = {
  legend: string;
  options: readonly { value: string; label: string }[];
  chosen: readonly string[];
  onToggle: (value: string) => void;
};

function Choices({ legend, options, chosen, onToggle }: ChoicesProps) {
  return (
    <fieldset className="flex flex-col gap-0.5">
      <legend className="pb-1 text-xs font-medium text-muted">{legend}</legend>
      {options.map(({ value, label }) => (
        <Checkbox
          key={value}
          label={label}
          checked={chosen.includes(value)}
          onCheckedChange={() => onToggle(value)}
        />
      ))}
    </fieldset>
  );
}

function kindOptions(graph: Graph): { value: string; label: string }[] {
  const present = new Set(graph.nodes.map((node) => node.kind));
  return (Object.keys(kindLabels) as GraphKind[])
    .filter((kind) => present.has(kind))
    .map((kind) => ({ value: kind, label: kindLabels[kind] }));
}

function stateOptions(graph: Graph): { value: string; label: string }[] {
  const states = new Set(graph.nodes.flatMap((node) => (node.state === null ? [] : [node.state])));
  return [...states].sort().map((state) => ({ value: state, label: visualOf(state).label }));
}
