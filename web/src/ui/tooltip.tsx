import { cloneElement, useId, useRef } from 'react';
import type { ReactElement, ReactNode } from 'react';

import { placeBeside } from './place.ts';

type TooltipProps = {
  content: ReactNode;
  /** Must take `aria-describedby`. */
  children: ReactElement<{ 'aria-describedby'?: string | undefined }>;
  id?: string;
  className?: string;
};

/** On hover and focus; Escape hides it. Read as the element's description. The pointer can move onto it. */
export function Tooltip({ content, children, id, className }: TooltipProps) {
  const ownId = useId();
  const tipId = id ?? ownId;
  const anchor = useRef<HTMLSpanElement>(null);
  const tip = useRef<HTMLSpanElement>(null);

  const show = () => {
    if (tip.current === null || anchor.current === null || tip.current.matches('[data-open]')) return;
    tip.current.dataset['open'] = '';
    tip.current.showPopover?.();
    placeBeside(tip.current, anchor.current.getBoundingClientRect(), 'above');
  };
  const hide = () => {
    if (tip.current === null || !tip.current.matches('[data-open]')) return;
    delete tip.current.dataset['open'];
    tip.current.hidePopover?.();
  };
  return (
    <span
      ref={anchor}
      role="presentation"
      className={className ?? 'inline-flex min-w-0'}
      onPointerEnter={show}
      onPointerLeave={hide}
      onFocus={show}
      onBlur={hide}
      onKeyDown={(event) => event.key === 'Escape' && hide()}
    >
      {cloneElement(children, { 'aria-describedby': tipId })}
      <span
        ref={tip}
        id={tipId}
        role="tooltip"
        popover="manual"
        className="m-0 max-w-72 rounded-md border border-line bg-panel px-2 py-1 text-xs font-normal whitespace-normal text-text shadow-pop"
      >
        {content}
      </span>
    </span>
  );
}
