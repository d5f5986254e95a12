import { ChevronDown } from 'lucide-react';

import { Button } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { chartKinds } from '../charts/measures.rules.ts';
import { kindsIn, titlesOf } from '../charts/several.rules.ts';
import { toggledIn } from '../rules.ts';
import { useTelemetrySearch } from '../search.ts';

/** Which measures are drawn in one chart; the address keeps them. */
export function MeasuresMenu() {
  const [search, setSearch] = useTelemetrySearch();
  const chosen = kindsIn(search.measures);
  return (
    <Menu
      label="Measures in one chart"
      align="start"
      trigger={
        <Button size="sm" className="max-w-72" data-print="hide">
          <span className="truncate">
            {chosen.length === 0 ? 'Draw in one chart…' : `In one chart: ${titlesOf(chosen)}`}
          </span>
          <ChevronDown aria-hidden size={12} className="shrink-0" />
        </Button>
      }
      items={chartKinds.map(({ measure, title }) => ({
        key: measure,
        label: title,
        checked: chosen.some((kind) => kind.measure === measure),
        onSelect: () => setSearch((before) => ({ measures: toggledIn(before.measures, measure) })),
      }))}
    />
  );
}
