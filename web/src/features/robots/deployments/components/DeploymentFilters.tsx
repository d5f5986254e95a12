import type { RobotDeployment } from '@cyclorama/shared/robots.ts';

import { Checkbox } from '../../../../ui/checkbox.tsx';
import { Chip } from '../../../../ui/chip.tsx';
import { FilterBar } from '../../../../ui/filter-bar.tsx';
import { Popover } from '../../../../ui/popover.tsx';
import { Select } from '../../../../ui/select.tsx';
import { addonsOf, longestOf, queueOptions, regionsOf, toggleType } from '../../rows.ts';
import type { RobotsSearch } from '../../search.ts';
import { useRobotsSearch } from '../../search.ts';
import { orderOptions } from '../rows.ts';

type DeploymentFiltersProps = {
  deployments: RobotDeployment[];
  types: string[];
  shown: number;
};

export function DeploymentFilters({ deployments, types, shown }: DeploymentFiltersProps) {
  const [search, change] = useRobotsSearch();
  // A new search starts at the first page.
  const setSearch = (next: Partial<RobotsSearch>) => change({ ...next, page: undefined });
  const chosen = search.types === undefined ? [] : search.types.split(',');
  const typesLabel = chosen.length === 0 ? 'All types' : `Types: ${chosen.length}`;
  return (
    <FilterBar
      noun="robots"
      placeholder="Type or region  /"
      value={search.q ?? ''}
      shown={shown}
      total={deployments.length}
      onChange={(q) => setSearch({ q: q === '' ? undefined : q })}
    >
      <Popover
        label={typesLabel}
        align="start"
        trigger={typesLabel}
        triggerClass="border border-line-strong bg-panel"
      >
        {() => (
          <div className="flex flex-col">
            {types.map((type) => (
              <Checkbox
                key={type}
                label={type}
                checked={chosen.includes(type)}
                onCheckedChange={() =>
                  change((before) => ({ types: toggleType(before.types, type), page: undefined }))
                }
              />
            ))}
          </div>
        )}
      </Popover>
      <Select
        aria-label="Queue"
        value={String(search.maxlen ?? 'u')}
        options={queueOptions(search.maxlen)}
        onValueChange={(next) => setSearch({ maxlen: longestOf(next) })}
      />
      <Select
        aria-label="Region"
        value={search.region ?? ''}
        options={[
          { value: '', label: 'All regions' },
          ...regionsOf(deployments).map((region) => ({ value: region, label: region })),
        ]}
        onValueChange={(next) => setSearch({ region: next === '' ? undefined : next })}
      />
      <Select
        aria-label="Add-on"
        value={search.addon ?? ''}
        options={[
          { value: '', label: 'All add-ons' },
          ...addonsOf(deployments).map((addon) => ({ value: addon, label: `With ${addon}` })),
        ]}
        onValueChange={(next) => setSearch({ addon: next === '' ? undefined : next })}
      />
      <Select
        aria-label="Order"
        value={search.sort === undefined ? (search.sort_by ?? 'inc_wtype') : ''}
        options={[
          // An order the API doesn't have, chosen by a column head.
          ...(search.sort === undefined ? [] : [{ value: '' as const, label: 'By column' }]),
          ...orderOptions,
        ]}
        onValueChange={(next) =>
          setSearch({ sort_by: next === '' ? undefined : next, sort: undefined, dir: undefined })
        }
      />
      <Chip
        pressed={search.online === true}
        onPressedChange={(online) => setSearch({ online: online ? true : undefined })}
      >
        Bookable
      </Chip>
    </FilterBar>
  );
}
