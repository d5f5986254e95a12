import type { LogLine } from '@cyclorama/shared/output.ts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';

import { cx } from '../../../../lib/class-names.ts';
import { formatAbsolute, useZone } from '../../../../lib/time.ts';
import { Button } from '../../../../ui/button.tsx';
import { areOfOneDay, lineTime } from '../rules.ts';

const LINE_HEIGHT = 20;
/** So near to its end the list stays there. */
const NEAR_PX = 40;

type LogLinesProps = { lines: readonly LogLine[]; isWrapped: boolean; isFollowing: boolean };

/** Opens at the newest line; while it follows it stays there, unless somebody scrolled up to read. */
export function LogLines({ lines, isWrapped, isFollowing }: LogLinesProps) {
  const scroller = useRef<HTMLElement>(null);
  const zone = useZone();
  const [atEnd, setAtEnd] = useState(true);
  const withDay = !areOfOneDay(lines, zone);
  // The React compiler isn't used here, so its objection to the library's changing functions doesn't apply.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 20,
    initialRect: { width: 800, height: 600 },
  });
  const toEnd = () => virtual.scrollToIndex(lines.length - 1, { align: 'end' });
  const open = useEffectEvent(toEnd);
  const wrap = useEffectEvent(() => virtual.measure());
  const follow = useEffectEvent(() => {
    if (isFollowing && atEnd) toEnd();
  });
  useLayoutEffect(() => open(), []);
  useEffect(() => wrap(), [isWrapped]);
  useEffect(() => follow(), [lines.length, isFollowing]);
  const items = virtual.getVirtualItems();
  return (
    <div className="relative">
      <section
        ref={scroller}
        aria-label="Lines"
        // Scrolls, so the keyboard must reach it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="h-[60vh] min-h-64 overflow-auto rounded-b-lg font-mono text-xs leading-5"
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) =>
          setAtEnd(scrollHeight - scrollTop - clientHeight < NEAR_PX)
        }
      >
        <ol
          className={cx('relative', !isWrapped && 'w-max min-w-full')}
          style={{ height: virtual.getTotalSize() }}
        >
          {items.map(({ index, start }) => {
            const line = lines[index];
            if (line === undefined) return null;
            const { at, source, text, cutFrom } = line;
            return (
              <li
                key={index}
                ref={virtual.measureElement}
                data-index={index}
                aria-setsize={lines.length}
                aria-posinset={index + 1}
                className={cx(
                  'top-0 left-0 grid grid-cols-[auto_auto_1fr] gap-x-3 px-3 hover:bg-hover max-sm:grid-cols-[auto_1fr]',
                  isWrapped ? 'absolute w-full' : 'absolute min-w-full',
                )}
                style={{ transform: `translateY(${start}px)` }}
              >
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
                <span
                  dir="auto"
                  className={cx(
                    'min-w-0 max-sm:col-span-2',
                    isWrapped ? 'break-all whitespace-pre-wrap' : 'whitespace-pre',
                  )}
                >
                  {text}
                  {cutFrom !== null && (
                    <span className="text-muted"> … {cutFrom.toLocaleString('en')} characters in all</span>
                  )}
                </span>
              </li>
            );
          })}
        </ol>
      </section>
      {!atEnd && (
        <Button size="sm" className="absolute right-4 bottom-3 shadow-pop" onClick={toEnd}>
          To the newest
        </Button>
      )}
    </div>
  );
}
