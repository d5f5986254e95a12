import { Download } from 'lucide-react';

import { saveFile } from '../../../../lib/save-file.ts';
import { parseTime, useZone } from '../../../../lib/time.ts';
import { plural } from '../../../../lib/units.ts';
import { Button } from '../../../../ui/button.tsx';
import { Checkbox } from '../../../../ui/checkbox.tsx';
import { CopyButton } from '../../../../ui/copy.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { Select } from '../../../../ui/select.tsx';
import { SourceLine } from '../../../../ui/source-line.tsx';
import { areOfOneDay, fileNameOf, lineTime, linesOfStream, streamsOf, textOf } from '../rules.ts';
import type { ShownLogs } from '../rules.ts';
import { useLogsSearch } from '../search.ts';
import { LogLines } from './LogLines.tsx';

type LogsProps = { logs: ShownLogs; name: string; isFollowing: boolean };

export function Logs({ logs, name, isFollowing }: LogsProps) {
  const [{ stream, wrap }, setSearch] = useLogsSearch();
  const lines = linesOfStream(logs.lines, stream);
  const streams = ['all', ...streamsOf(logs.lines)];
  const count = plural(lines.length, 'line');
  return (
    <>
      {logs.isFull && <MayBeMore logs={logs} />}
      <Panel
        title={stream === undefined ? count : `${count} of ${stream}`}
        actions={
          <>
            <Select
              aria-label="Stream"
              className="h-7"
              value={stream ?? 'all'}
              options={streams.map((value) => ({ value, label: value === 'all' ? 'Both streams' : value }))}
              onValueChange={(value) => setSearch({ stream: value === 'all' ? undefined : value })}
            />
            <Checkbox
              label="Wrap"
              checked={wrap === undefined}
              onCheckedChange={(checked) => setSearch({ wrap: checked ? undefined : 'no' })}
            />
            <CopyButton text={textOf(lines)} label={count} />
            <Button
              size="sm"
              variant="ghost"
              icon={<Download aria-hidden size={13} />}
              onClick={() => saveFile(fileNameOf(name, logs.to), textOf(lines), 'text/plain')}
            >
              Download
            </Button>
          </>
        }
        flush
      >
        <LogLines lines={lines} isWrapped={wrap === undefined} isFollowing={isFollowing} />
      </Panel>
      <SourceLine source="Cycle’s public API" readAt={logs.freshness.asOf} />
    </>
  );
}

/** Which of them Cycle leaves out its reference does not say. */
function MayBeMore({ logs }: { logs: ShownLogs }) {
  const zone = useZone();
  const [, setSearch] = useLogsSearch();
  const [first, last] = [logs.lines[0]?.at ?? logs.from, logs.lines.at(-1)?.at ?? logs.to];
  const show = (from: string, to: string) => {
    const [start, end] = [parseTime(from), parseTime(to)];
    if (start !== null && end !== null) setSearch({ from: start, to: end + 1, range: undefined });
  };
  const withDay = !areOfOneDay(logs.lines, zone);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line bg-sunken px-3 py-2">
      <output>
        There may be more than these lines
        {logs.dropped > 0 && `; ${plural(logs.dropped, 'older one')} made room`}. Choose a shorter time, or:
      </output>
      <Button size="sm" onClick={() => show(logs.from, first)}>
        Before {lineTime(first, zone, withDay)}
      </Button>
      <Button size="sm" onClick={() => show(last, logs.to)}>
        After {lineTime(last, zone, withDay)}
      </Button>
    </div>
  );
}
