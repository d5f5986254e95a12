import { useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';

import { cx } from '../lib/class-names.ts';
import { placeBeside } from './place.ts';

type PopoverProps = {
  trigger: ReactNode;
  /** Accessible name of button and panel. */
  label: string;
  /** Rendered only while open. */
  children: (close: () => void) => ReactNode;
  align?: 'start' | 'end';
  triggerClass?: string;
};

/** Escape, a click outside or `close` closes it; focus returns to the button. */
export function Popover({ trigger, label, children, align = 'end', triggerClass }: PopoverProps) {
  const [open, setOpen] = useState(false);
  const panel = useRef<HTMLDialogElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = () => document.getElementById(id)?.hidePopover?.();

  const onToggle = (isOpen: boolean) => {
    setOpen(isOpen);
    if (!isOpen) return;
    requestAnimationFrame(() => {
      if (panel.current === null || button.current === null) return;
      placeBeside(panel.current, button.current.getBoundingClientRect(), `below-${align}`);
    });
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-label={label}
        aria-expanded={open}
        aria-haspopup="dialog"
        popoverTarget={id}
        className={cx('inline-flex h-8 items-center gap-1.5 rounded-md px-2 hover:bg-hover', triggerClass)}
      >
        {trigger}
      </button>
      <dialog
        ref={panel}
        id={id}
        popover="auto"
        aria-label={label}
        onToggle={(event) => onToggle(event.newState === 'open')}
        className="fixed m-0 max-h-[80vh] max-w-[calc(100vw-16px)] overflow-auto rounded-lg border border-line bg-panel p-2 text-text shadow-pop"
      >
        {open && children(close)}
      </dialog>
    </>
  );
}
