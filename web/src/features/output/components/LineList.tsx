import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';

import { cx } from '../../../lib/class-names.ts';
import { Button } from '../../../ui/button.tsx';

const LINE_HEIGHT = 20;
/** So near to its end the list stays there. */
const NEAR_PX = 40;

type LineListProps = {
  count: number;
  render: (index: number) => ReactNode;
  /** Of each line's grid. */
  className?: string;
  isWrapped: boolean;
  isFollowing: boolean;
  /** Changes with what is shown, also where the number of lines does not. */
  version?: unknown;
};

/** Opens at the newest line; while it follows it stays there, unless somebody scrolled up to read. */
export function LineList({ count, render, className, isWrapped, isFollowing, version }: LineListProps) {
  const scroller = useRef<HTMLElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  // The React compiler isn't used here, so its objection to the library's changing functions doesn't apply.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 20,
    initialRect: { width: 800, height: 600 },
  });
  const toEnd = () => virtual.scrollToIndex(count - 1, { align: 'end' });
  const open = useEffectEvent(toEnd);
  const wrap = useEffectEvent(() => virtual.measure());
  const follow = useEffectEvent(() => {
    if (isFollowing && atEnd) toEnd();
  });
  useLayoutEffect(() => open(), []);
  useEffect(() => wrap(), [isWrapped]);
  useEffect(() => follow(), [count, version, isFollowing]);
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
          {virtual.getVirtualItems().map(({ index, start }) => (
            <li
              key={index}
              ref={virtual.measureElement}
              data-index={index}
              aria-setsize={count}
              aria-posinset={index + 1}
              className={cx(
                'absolute top-0 left-0 px-3 hover:bg-hover',
                isWrapped ? 'w-full break-all whitespace-pre-wrap' : 'min-w-full whitespace-pre',
                className,
              )}
              style={{ transform: `translateY(${start}px)` }}
            >
              {render(index)}
            </li>
          ))}
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
