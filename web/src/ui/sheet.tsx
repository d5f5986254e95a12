import * as RadixDialog from 'radix-ui/dialog';
import type { ReactNode } from 'react';

import { useNarrow } from '../lib/media.ts';
import { CloseButton } from './dialog.tsx';

export type SheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
  footer?: ReactNode;
  /** On wide screens: false leaves the page usable, as a side panel. */
  modal?: boolean;
};

/** A side panel on wide screens, a bottom sheet on narrow ones. */
export function Sheet({ open, onOpenChange, title, children, footer, modal = false }: SheetProps) {
  const narrow = useNarrow();
  const covers = modal || narrow;
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange} modal={covers}>
      <RadixDialog.Portal>
        {covers && <RadixDialog.Overlay className="fixed inset-0 z-50 bg-black/40" />}
        <RadixDialog.Content
          aria-describedby={undefined}
          onInteractOutside={(event) => !covers && event.preventDefault()}
          className="fixed z-50 flex flex-col border-line bg-panel shadow-pop max-sm:inset-x-0 max-sm:bottom-0 max-sm:max-h-[80vh] max-sm:rounded-t-xl max-sm:border-t sm:inset-y-0 sm:right-0 sm:w-[400px] sm:border-l"
        >
          <div className="flex items-center gap-2 border-b border-line px-4 py-2">
            <RadixDialog.Title className="min-w-0 flex-1 truncate text-base">{title}</RadixDialog.Title>
            <CloseButton />
          </div>
          <div className="min-h-0 flex-1 overflow-auto p-4">{children}</div>
          {footer !== undefined && (
            <div className="flex justify-end gap-2 border-t border-line px-4 py-2">{footer}</div>
          )}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
