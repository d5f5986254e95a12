import type { Coverage } from '@cyclorama/shared/collectors.ts';
import { useQuery } from '@tanstack/react-query';

import { NO_VALUE, plural } from '../../../../lib/units.ts';
import { Badge } from '../../../../ui/badge.tsx';
import { DefinitionList } from '../../../../ui/definition-list.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { Ago } from '../../../../ui/time.tsx';
import { collectorsQuery } from '../queries.ts';

const READERS: Record<Coverage['by'], string> = {
  collector: 'Collector',
  dashboard: 'This dashboard',
  nobody: 'No collector',
};

/** Who reads the server's telemetry, in a cell of a list. */
export function CoverageCell({ coverage }: { coverage: Coverage | undefined }) {
  if (coverage === undefined) return NO_VALUE;
  if (coverage.state === 'reporting') return READERS[coverage.by];
  if (coverage.state === 'none') return <span className="text-muted">{READERS.nobody}</span>;
  return (
    <Badge tone={coverage.state === 'late' ? 'warning' : 'danger'}>
      {READERS[coverage.by]} {coverage.state}
    </Badge>
  );
}

export function TelemetryPanel({ serverId }: { serverId: string }) {
  const { data } = useQuery(collectorsQuery);
  const coverage = data?.servers.find((each) => each.serverId === serverId);
  if (data === undefined || coverage === undefined) return null;
  return (
    <Panel title="Telemetry">
      {coverage.by === 'nobody' ? (
        <p className="text-muted">{nobodyText(data.isConfigured)}</p>
      ) : (
        <DefinitionList items={factsOf(coverage)} />
      )}
    </Panel>
  );
}

function nobodyText(isConfigured: boolean): string {
  return isConfigured
    ? 'Not measured: no collector on this server. Deploy the collector of the stack file here.'
    : 'Not measured: no collector on this server. Set COLLECT_SECRET and deploy the collector of the stack file.';
}

function factsOf(coverage: Coverage): [string, React.ReactNode][] {
  const { by, version, dropped, waiting, reason } = coverage;
  return [
    ['Read by', <CoverageCell key="by" coverage={coverage} />],
    ...(reason === null ? [] : ([['Reason', reason]] as [string, string][])),
    ['Since', <Ago key="since" at={coverage.since} />],
    ['Last report', <Ago key="report" at={coverage.lastReportAt} />],
    ['Last sample', <Ago key="sample" at={coverage.lastSampleAt} />],
    ['Version', version ?? NO_VALUE],
    ...(by === 'collector'
      ? ([
          ['Waiting there', plural(waiting, 'sample')],
          ['Lost, spool full', plural(dropped, 'sample')],
        ] as [string, string][])
      : []),
  ];
}
