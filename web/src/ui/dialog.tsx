import { X } from 'lucide-react';
import * as RadixDialog from 'radix-ui/dialog';
import { useRef, useState } from 'react';
import type { MouseEvent, ReactNode } from 'react';

import { cx } from '../lib/class-names.ts';

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children: ReactNode;
  /** Buttons, the primary one last. */
  footer?: ReactNode;
  size?: 'sm' | 'md' | 'lg';
  /** False: closes by its buttons only. */
  dismissable?: boolean;
};

/** The longest a double click takes where the system leaves it as it is. */
const DOUBLE_PRESS_MS = 500;

const WIDTH = { sm: 'sm:max-w-md', md: 'sm:max-w-xl', lg: 'sm:max-w-3xl' };

/** Traps the focus, and returns it on closing. The second half of the double click that opened it does nothing. */
export function Dialog(props: DialogProps) {
  const { open, onOpenChange, title, description, children, footer, size = 'sm', dismissable = true } = props;
  // Radix returns the focus to the button that opened a dialog; one opened by a key has none.
  const before = useRef<Element>(null);
  const [focusedAtMount] = useState(() => document.activeElement);
  const openedAt = useRef(0);
  const isSecondHalf = ({ timeStamp }: Event) => timeStamp - openedAt.current < DOUBLE_PRESS_MS;
  const hold = (event: Event) => {
    if (!dismissable) event.preventDefault();
  };
  const dropSecondHalf = (event: MouseEvent) => {
    if (event.detail > 1 && isSecondHalf(event.nativeEvent)) event.stopPropagation();
  };
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        {/* On one level with what it belongs to: the later of two dialogs covers the earlier. */}
        <RadixDialog.Overlay className="fixed inset-0 z-50 bg-black/40" />
        <RadixDialog.Content
          onOpenAutoFocus={({ timeStamp }) => {
            before.current = document.activeElement;
            openedAt.current = timeStamp;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // Radix doesn't ask where a field with `autoFocus` has the focus already.
            const to = before.current ?? focusedAtMount;
            if (to instanceof HTMLElement && to.isConnected) to.focus();
          }}
          onEscapeKeyDown={hold}
          onPointerDownOutside={(event) => {
            if (isSecondHalf(event.detail.originalEvent)) event.preventDefault();
          }}
          onInteractOutside={hold}
          onClickCapture={dropSecondHalf}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          className={cx(
            'fixed z-50 flex max-h-[85vh] flex-col gap-3 overflow-auto border border-line bg-panel p-4 shadow-pop',
            'max-sm:inset-x-0 max-sm:bottom-0 max-sm:rounded-t-xl sm:top-[12vh] sm:left-1/2 sm:w-[calc(100vw-32px)] sm:-translate-x-1/2 sm:rounded-xl',
            WIDTH[size],
          )}
        >
          <div className="flex items-start gap-2">
            <RadixDialog.Title className="flex-1 text-lg">{title}</RadixDialog.Title>
            {dismissable && <CloseButton />}
          </div>
          {description !== undefined && (
            <RadixDialog.Description asChild>
              <div className="text-muted">{description}</div>
            </RadixDialog.Description>
          )}
          {children}
          {footer !== undefined && (
            // Sticky: on a phone a form is taller than the screen.
            <div className="sticky -bottom-4 -mx-4 -mb-4 flex flex-wrap justify-end gap-2 border-t border-line bg-panel px-4 py-3">
              {footer}
            </div>
          )}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

export function CloseButton() {
  return (
    <RadixDialog.Close
      aria-label="Close"
      className="inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover"
    >
      <X aria-hidden size={16} />
    </RadixDialog.Close>
  );
}
