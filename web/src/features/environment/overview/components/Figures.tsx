import type { Overview } from '@cyclorama/shared/environment.ts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { plural } from '../../../../lib/units.ts';
import { Kpi } from '../../../../ui/kpi.tsx';
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

const CARD = 'rounded-lg no-underline [&>div]:h-full hover:[&>div]:border-line-strong';

export function Figures({ data }: { data: Overview }) {
  const { claims, robots, virtualMachines } = data;
  const open = Object.values(claims).reduce((sum, count) => sum + count, 0);
  const cards: [string, ReactNode][] = [
    [
      'instances',
      <Link key="i" to="/instances" className={CARD}>
        <Kpi
          label="Instances"
          value={data.instances.total.toLocaleString('en')}
          detail={<Tally counts={data.instances.byState} />}
        />
      </Link>,
    ],
    [
      'containers',
      <Link key="c" to="/containers" className={CARD}>
        <Kpi
          label="Containers"
          value={data.containers.total.toLocaleString('en')}
          detail={<Tally counts={data.containers.byState} />}
        />
      </Link>,
    ],
    [
      'claims',
      <Link key="f" to="/functions" className={CARD}>
        <Kpi label="Claims" value={open.toLocaleString('en')} detail={claimParts(claims).join(' · ')} />
      </Link>,
    ],
    [
      'robots',
      <Link key="r" to="/robots" className={CARD}>
        <Kpi
          label="Robots"
          value={robots.deployments.toLocaleString('en')}
          detail={robotParts(robots).join(' · ')}
        />
      </Link>,
    ],
    [
      'place',
      <Link key="p" to="/topology" className={CARD}>
        <Kpi
          label="Servers"
          value={data.servers.toLocaleString('en')}
          detail={`in ${plural(data.locations, 'location')}${
            virtualMachines.total > 0 ? ` · ${plural(virtualMachines.total, 'virtual machine')}` : ''
          }`}
        />
      </Link>,
    ],
  ];
  return (
    <ul aria-label="Figures" className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-5">
      {cards.map(([key, card]) => (
        <li key={key} className="grid">
          {card}
        </li>
      ))}
    </ul>
  );
}
