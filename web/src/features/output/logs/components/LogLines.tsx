import type { LogLine } from '@cyclorama/shared/output.ts';

import { cx } from '../../../../lib/class-names.ts';
import { formatAbsolute, useZone } from '../../../../lib/time.ts';
import { LineList } from '../../components/LineList.tsx';
import { areOfOneDay, lineTime } from '../rules.ts';

type LogLinesProps = { lines: readonly LogLine[]; isWrapped: boolean; isFollowing: boolean };

export function LogLines({ lines, isWrapped, isFollowing }: LogLinesProps) {
  const zone = useZone();
  const withDay = !areOfOneDay(lines, zone);
  const line = (index: number) => {
    const one = lines[index];
    if (one === undefined) return null;
    const { at, source, text, cutFrom } = one;
    return (
      <>
        <time dateTime={at} title={formatAbsolute(at, zone)} className="text-muted select-none">
          {lineTime(at, zone, withDay)}
        </time>
        <span
          className={cx(
            'select-none',
            source === 'stderr' ? 'text-warning-text' : 'text-muted max-sm:hidden',
          )}
        >
          {source}
        </span>
        <span dir="auto" className="min-w-0 max-sm:col-span-2">
          {text}
          {cutFrom !== null && (
            <span className="text-muted"> … {cutFrom.toLocaleString('en')} characters in all</span>
          )}
        </span>
      </>
    );
  };
  return (
    <LineList
      count={lines.length}
      render={line}
      className="grid grid-cols-[auto_auto_1fr] gap-x-3 max-sm:grid-cols-[auto_1fr]"
      isWrapped={isWrapped}
      isFollowing={isFollowing}
    />
  );
}
