import type { RobotTimeline as Timeline } from '@cyclorama/shared/robot-fleet.ts';
import type { RobotDeployment } from '@cyclorama/shared/robots.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { QueryView } from '../../../../api/query-view.tsx';
import { useServerNow } from '../../../../lib/server-clock.ts';
import { Panel } from '../../../../ui/panel.tsx';
import { Select } from '../../../../ui/select.tsx';
import { LoadingState } from '../../../../ui/states.tsx';
import { deploymentsQuery } from '../../queries.ts';
import { useRobotsSearch } from '../../search.ts';
import { timelineQuery } from '../queries.ts';
import { edgesOf, lanesOf, timelineRanges } from '../timeline.rules.ts';
import type { TimelineRange } from '../timeline.rules.ts';
import { TimelineChart } from './TimelineChart.tsx';
import { TimelineTable } from './TimelineTable.tsx';

const ranges = (['6h', '24h', '7d'] as const).map((value) => ({ value, label: timelineRanges[value].label }));

/** Of all robots, in a range that the address keeps. */
export function RobotTimeline() {
  const [search, setSearch] = useRobotsSearch();
  const robots = useQuery(deploymentsQuery).data?.deployments ?? [];
  const range = search.range ?? '24h';
  const actions = (
    <Select
      aria-label="Range"
      className="h-7"
      value={range}
      options={ranges}
      onValueChange={(next) => setSearch({ range: next === '24h' ? undefined : next })}
    />
  );
  return (
    <Panel title="Who held what" actions={actions}>
      <Body range={range} robots={robots} />
    </Panel>
  );
}

/** Of one robot in the last day. */
export function OneRobotTimeline({ robot }: { robot: RobotDeployment }) {
  return (
    <Panel title="Who held it, last 24 hours">
      <Body range="24h" robots={[robot]} only={robot.id} />
    </Panel>
  );
}

type BodyProps = { range: TimelineRange; robots: readonly RobotDeployment[]; only?: string };

function Body(props: BodyProps) {
  const query = useQuery({
    ...timelineQuery(props.range, props.only),
    placeholderData: keepPreviousData,
  });
  return (
    <QueryView query={query} hidesAge loading={<LoadingState rows={6} label="Loading timeline" />}>
      {(timeline) => <Told timeline={timeline} {...props} />}
    </QueryView>
  );
}

function Told({ timeline, range, robots, only }: { timeline: Timeline } & BodyProps) {
  // By the minute: bars would otherwise move by parts of a pixel every second.
  const now = Math.floor(useServerNow() / 60_000) * 60_000;
  const edges = edgesOf(range, now);
  return (
    <div className="flex flex-col gap-3">
      <TimelineChart
        lanes={lanesOf(timeline, robots, { edges, now })}
        uses={timeline.uses}
        edges={edges}
        now={now}
      />
      {timeline.isCut && (
        <p className="text-muted">
          The newest {timeline.uses.length.toLocaleString('en')} of more; choose a shorter range for all.
        </p>
      )}
      {only === undefined ? (
        <TimelineTable uses={timeline.uses} />
      ) : (
        <details>
          <summary className="cursor-pointer text-xs text-accent-text">Show as table</summary>
          <div className="mt-2">
            <TimelineTable uses={timeline.uses} />
          </div>
        </details>
      )}
    </div>
  );
}
