import { useState } from 'react';

import { plural } from '../../../../lib/units.ts';
import { Checkbox } from '../../../../ui/checkbox.tsx';
import { CopyButton } from '../../../../ui/copy.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { StateGlyph } from '../../../../ui/state-glyph.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../../../ui/states.tsx';
import { LineList } from '../../components/LineList.tsx';
import { OutputGate } from '../../components/OutputGate.tsx';
import { textOf } from '../rules.ts';
import type { ShownConsole } from '../rules.ts';
import { useConsole } from '../use-console.ts';

export function ConsolePanel({ instanceId }: { instanceId: string }) {
  const [tries, setTries] = useState(1);
  return (
    <OutputGate part="console">
      <Watched
        key={`${instanceId} ${tries}`}
        instanceId={instanceId}
        retry={() => setTries((before) => before + 1)}
      />
    </OutputGate>
  );
}

function Watched({ instanceId, retry }: { instanceId: string; retry: () => void }) {
  const { shown, error } = useConsole(instanceId);
  return (
    <>
      {error !== null && <ErrorState compact={shown !== null} error={error} retry={retry} />}
      {shown === null ? (
        error === null && <LoadingState rows={12} label="Opening the console" />
      ) : (
        <Console shown={shown} isCut={error !== null} />
      )}
    </>
  );
}

function Console({ shown, isCut }: { shown: ShownConsole; isCut: boolean }) {
  const [isWrapped, setWrapped] = useState(true);
  const { lines, partial } = shown;
  const count = lines.length + (partial === '' ? 0 : 1);
  const isEmpty = count === 0;
  return (
    <Panel
      title={isEmpty ? 'Console' : plural(count, 'line')}
      actions={
        <>
          <Status shown={shown} isCut={isCut} />
          <Checkbox label="Wrap" checked={isWrapped} onCheckedChange={setWrapped} />
          <CopyButton text={textOf(shown)} label="the console" />
        </>
      }
      flush
    >
      {isEmpty ? (
        <div className="p-3">
          {shown.state === 'live' ? (
            <EmptyState
              title="Nothing was written since the instance started"
              hint="What it writes appears here at once. Nothing can be typed: the console is only read."
            />
          ) : (
            <LoadingState rows={8} label="Opening the console" />
          )}
        </div>
      ) : (
        <LineList
          count={count}
          render={(index) => <bdi>{lines[index] ?? partial}</bdi>}
          isWrapped={isWrapped}
          isFollowing
          version={shown.after}
        />
      )}
    </Panel>
  );
}

function Status({ shown: { state, reason }, isCut }: { shown: ShownConsole; isCut: boolean }) {
  const isLive = state === 'live' && !isCut;
  return (
    <output className="inline-flex min-w-0 items-center gap-1.5 text-xs text-muted">
      <StateGlyph shape={isLive ? 'filled' : 'half'} tone={isLive ? 'success' : 'warning'} />
      {isLive
        ? 'Live'
        : isCut
          ? 'Not followed'
          : state === 'connecting'
            ? 'Connecting…'
            : `Connecting again. ${reason ?? ''}`}
    </output>
  );
}
