import { useState } from 'react';

import { QueryView } from '../../../../api/query-view.tsx';
import { spanOf } from '../../../../lib/time-range.ts';
import { EmptyState, LoadingState } from '../../../../ui/states.tsx';
import { OutputGate } from '../../components/OutputGate.tsx';
import { useLogs } from '../queries.ts';
import { useLogsSearch } from '../search.ts';
import { Logs } from './Logs.tsx';
import { LogsForm } from './LogsForm.tsx';

type LogsPanelProps = { instanceId: string; name: string };

export function LogsPanel(props: LogsPanelProps) {
  return (
    <OutputGate part="logs">
      <Searched {...props} />
    </OutputGate>
  );
}

function Searched({ instanceId, name }: LogsPanelProps) {
  const [search] = useLogsSearch();
  const { find, by } = search;
  const span = spanOf(search);
  const [follows, setFollows] = useState(false);
  const isFollowing = follows && span.live;
  const query = useLogs({ instanceId, span, find, by }, isFollowing);
  return (
    <>
      <LogsForm
        follows={span.live ? follows : null}
        onFollow={setFollows}
        isReading={query.isFetching && !isFollowing}
        onRead={() => void query.refetch()}
      />
      <QueryView query={query} loading={<LoadingState rows={12} label="Loading logs" />}>
        {(logs) =>
          logs.lines.length === 0 ? (
            <EmptyState
              title={find === undefined ? 'Nothing was written in this time' : 'No line matches in this time'}
              hint="Try a longer time. Cycle keeps what programs write for 72 hours; a new line may take a minute to get here."
            />
          ) : (
            <Logs logs={logs} name={name} isFollowing={isFollowing} />
          )
        }
      </QueryView>
    </>
  );
}
