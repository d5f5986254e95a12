import type { RobotTimeline as TimelineAnswer } from '@cyclorama/shared/robot-fleet.ts';
import type { RobotDeployment } from '@cyclorama/shared/robots.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { QueryView } from '../../../../api/query-view.tsx';
import { useServerNow } from '../../../../lib/server-clock.ts';
import { chosenSpan } from '../../../../lib/time-range.ts';
import type { TimeSpan } from '../../../../lib/time-range.ts';
import { useTimeRange } from '../../../../router/use-time-range.ts';
import { Panel } from '../../../../ui/panel.tsx';
import { LoadingState } from '../../../../ui/states.tsx';
import { TimeFilter } from '../../../../ui/time-range/time-filter.tsx';
import { deploymentsQuery } from '../../queries.ts';
import { timelineQuery } from '../queries.ts';
import { axisOf, lanesOf } from '../timeline.rules.ts';
import { TimelineChart } from './TimelineChart.tsx';
import { TimelineTable } from './TimelineTable.tsx';

const RANGE = '24h' as const;

/** Of all robots. */
export function RobotTimeline() {
  const robots = useQuery(deploymentsQuery).data?.deployments ?? [];
  return <Timeline title="Who held what" robots={robots} />;
}

export function OneRobotTimeline({ robot }: { robot: RobotDeployment }) {
  return <Timeline title="Who held it" robots={[robot]} only={robot.id} />;
}

type TimelineProps = { title: string; robots: readonly RobotDeployment[]; only?: string };

/** In the time range of the app; a day where none was chosen. */
function Timeline({ title, robots, only }: TimelineProps) {
  const [search, setSearch] = useTimeRange();
  const span = chosenSpan(search) ?? { live: true, range: RANGE };
  const query = useQuery({ ...timelineQuery(span, only), placeholderData: keepPreviousData });
  return (
    <Panel title={title} actions={<TimeFilter search={search} onChange={setSearch} fallback={RANGE} />}>
      <QueryView query={query} hidesAge loading={<LoadingState rows={6} label="Loading timeline" />}>
        {(timeline) => <Told timeline={timeline} span={span} robots={robots} only={only} />}
      </QueryView>
    </Panel>
  );
}

type ToldProps = {
  timeline: TimelineAnswer;
  span: TimeSpan;
  robots: readonly RobotDeployment[];
  only: string | undefined;
};

function Told({ timeline, span, robots, only }: ToldProps) {
  // By the minute: bars would otherwise move by parts of a pixel every second.
  const now = Math.floor(useServerNow() / 60_000) * 60_000;
  const edges = axisOf(span, now);
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
