import type { Topology } from '@cyclorama/shared/topology.ts';
import { useRouter } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';

import { QueryView } from '../../../api/query-view.tsx';
import { useTopology } from '../../../api/use-topology.ts';
import { useNarrow } from '../../../lib/media.ts';
import { useMoment } from '../../../lib/moment.ts';
import { PastButton } from '../../../router/past-button.tsx';
import { Button } from '../../../ui/button.tsx';
import { Page } from '../../../ui/page.tsx';
import { EmptyState } from '../../../ui/states.tsx';
import { Legend } from './components/Legend.tsx';
import { NodeSide } from './components/NodeSide.tsx';
import { TopologyPicture } from './components/TopologyPicture.tsx';
import { TopologySkeleton } from './components/TopologySkeleton.tsx';
import { TopologyTable } from './components/TopologyTable.tsx';
import { TopologyToolbar } from './components/TopologyToolbar.tsx';
import { ViewsMenu } from './components/ViewsMenu.tsx';
import { useRobotSources } from './queries.ts';
import { stepThrough } from './rules.ts';
import { useTopologySearch } from './search.ts';
import { useFill } from './use-fill.ts';
import type { PictureHandle } from './use-picture.ts';
import { useTopologyView } from './use-topology-view.ts';

export function TopologyPage() {
  const query = useTopology();
  const moment = useMoment();
  const [search, change] = useTopologySearch();
  const narrow = useNarrow();
  const robots = useRobotSources();
  const view = useTopologyView(query.data, robots, search, narrow ? 0.75 : 1.7);
  // What they used is not in the picture of a minute.
  const fillBy = moment === null ? (search.fill ?? 'state') : 'state';
  const fill = useFill(fillBy, view.graph);
  const router = useRouter();
  const picture = useRef<PictureHandle>(null);
  const [isOpen, setOpen] = useState(search.select !== undefined);
  useDataMark(query.data === undefined ? null : query.dataUpdatedAt);

  const isTable = search.view === 'table';
  const select = useCallback((id: string | undefined) => change({ select: id }), [change]);
  const open = useCallback(
    (id: string) => {
      change({ select: id });
      setOpen(true);
    },
    [change],
  );
  const close = () => {
    if (isOpen) setOpen(false);
    else select(undefined);
    picture.current?.focus();
  };
  const step = (by: 1 | -1) => {
    const next = stepThrough(view.found ?? [], search.select, by);
    if (next === null) return;
    select(next);
    picture.current?.centre(next);
  };
  const goTo = (id: string) => {
    select(id);
    picture.current?.reveal(id);
  };
  const node = view.graph.byId.get(search.select ?? '');

  return (
    <Page
      title="Topology"
      actions={
        <>
          <PastButton />
          <ViewsMenu search={search} />
          <Button onClick={() => change({ view: isTable ? undefined : 'table' })}>
            {isTable ? 'Show as map' : 'Show as table'}
          </Button>
        </>
      }
    >
      <QueryView query={query} loading={<TopologySkeleton />} empty={ofNothing}>
        {(data) => (
          <>
            <TopologyToolbar
              view={view}
              search={search}
              onChange={change}
              onStep={step}
              picture={() => picture.current}
            />
            <div className="flex min-h-[320px] flex-1 gap-3">
              {view.filtered.matches.size === 0 ? (
                <NothingPasses onClear={() => change(noFilters)} />
              ) : isTable ? (
                <div className="min-w-0 flex-1">
                  <TopologyTable
                    view={view}
                    sort={search.sort}
                    onSortChange={(sort) => change({ sort })}
                    onOpen={open}
                    hrefOf={(select) =>
                      router.buildLocation({ to: '/topology', search: { ...search, select } }).publicHref
                    }
                  />
                </div>
              ) : (
                <TopologyPicture
                  view={view}
                  selected={search.select}
                  onSelect={select}
                  onOpen={open}
                  onEscape={close}
                  onStep={step}
                  fill={fill}
                  stale={data.freshness.state !== 'live'}
                  handle={picture}
                />
              )}
              {node !== undefined && isOpen && (
                <NodeSide graph={view.graph} node={node} onSelect={goTo} onClose={close} />
              )}
            </div>
            {!isTable && <Legend fill={fill} />}
          </>
        )}
      </QueryView>
    </Page>
  );
}

const noFilters = { kind: undefined, state: undefined, health: undefined, problems: undefined };

function NothingPasses({ onClear }: { onClear: () => void }) {
  return (
    <div className="flex-1">
      <EmptyState
        title="No nodes match"
        hint="Change or clear the filters."
        action={<Button onClick={onClear}>Clear all filters</Button>}
      />
    </div>
  );
}

function ofNothing({ nodes }: Topology) {
  if (nodes.length > 0) return null;
  return (
    <EmptyState title="This environment is empty" hint="Containers appear here when Cycle creates them." />
  );
}

/** Performance mark at the first data; `npm run bench -- topology` measures the first drawing from it. */
function useDataMark(cameAt: number | null): void {
  const marked = useRef(false);
  useEffect(() => {
    if (cameAt === null || marked.current) return;
    marked.current = true;
    const startTime = Math.max(0, cameAt - performance.timeOrigin);
    performance.mark('topology:data', { startTime });
  }, [cameAt]);
}
