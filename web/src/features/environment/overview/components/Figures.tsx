import type { Overview } from '@cyclorama/shared/environment.ts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { plural } from '../../../../lib/units.ts';
import { StateGlyph } from '../../../../ui/state-glyph.tsx';
import { visualOf } from '../../../../ui/state-visual.ts';
import { claimParts, robotParts, tallyRows } from '../rows.ts';

function Tally({ counts }: { counts: Record<string, number> }) {
  return tallyRows(counts).map(({ state, count }) => {
    const { shape, tone, label } = visualOf(state);
    return (
      <span key={state} className="inline-flex items-center gap-1 whitespace-nowrap">
        <StateGlyph shape={shape} tone={tone} />
        {count.toLocaleString('en')} {label.toLowerCase()}
      </span>
    );
  });
}

type Figure = {
  label: string;
  to: '/instances' | '/containers' | '/functions' | '/robots' | '/topology';
  value: number;
  detail: ReactNode;
};

/** One line where the screen has room for it; of each the parts add up to all. */
export function Figures({ data }: { data: Overview }) {
  const { claims, robots, instances, containers, servers, locations, virtualMachines } = data;
  const machines = virtualMachines.total > 0 ? ` · ${plural(virtualMachines.total, 'virtual machine')}` : '';
  const figures: Figure[] = [
    {
      label: 'Instances',
      to: '/instances',
      value: instances.total,
      detail: <Tally counts={instances.byState} />,
    },
    {
      label: 'Containers',
      to: '/containers',
      value: containers.total,
      detail: <Tally counts={containers.byState} />,
    },
    {
      label: 'Claims',
      to: '/functions',
      value: Object.values(claims).reduce((sum, count) => sum + count, 0),
      detail: claimParts(claims).join(' · '),
    },
    { label: 'Robots', to: '/robots', value: robots.deployments, detail: robotParts(robots).join(' · ') },
    {
      label: 'Servers',
      to: '/topology',
      value: servers,
      detail: `in ${plural(locations, 'location')}${machines}`,
    },
  ];
  return (
    <ul
      aria-label="Figures"
      className="flex flex-wrap gap-x-1 gap-y-0.5 rounded-lg border border-line bg-panel px-2 py-1"
    >
      {figures.map(({ label, to, value, detail }) => (
        <li key={label}>
          <Link
            to={to}
            className="flex min-h-7 flex-wrap items-center gap-x-1.5 rounded-md px-1 no-underline hover:bg-hover"
          >
            <span className="text-muted">{label}</span>
            <span className="font-semibold">{value.toLocaleString('en')}</span>
            <span className="inline-flex flex-wrap gap-x-1.5 text-xs text-muted">{detail}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
