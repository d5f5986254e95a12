import { Suspense, useState } from 'react';
import type { ReactNode } from 'react';

import { useCan, useSession } from '../api/session.ts';
import { useStream } from '../api/use-stream.ts';
import { useTheme } from '../lib/theme.ts';
import { useHasPast, useMomentSearch } from '../router/moment.ts';
import { lazyPart } from '../ui/lazy-part.ts';
import { useHasToasts } from '../ui/toast.ts';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { BottomBar, Sidebar } from './Navigation.tsx';
import { NoticeLine } from './NoticeLine.tsx';
import { StoreBanner } from './StoreBanner.tsx';
import { TopBar } from './TopBar.tsx';
import { useFocusAfterNavigation } from './use-focus-after-navigation.ts';
import { useIsLookedAt } from './use-is-looked-at.ts';
import { useShortcuts } from './use-shortcuts.ts';

const BreakGlassBanner = lazyPart(
  () => import('../features/activity/components/BreakGlassBanner.tsx'),
  'BreakGlassBanner',
);
const PastBar = lazyPart(() => import('../features/history/components/PastBar.tsx'), 'PastBar');
const CommandPalette = lazyPart(() => import('./palette/CommandPalette.tsx'), 'CommandPalette');
const ShortcutSheet = lazyPart(() => import('./ShortcutSheet.tsx'), 'ShortcutSheet');
const ConfirmBanner = lazyPart(() => import('./ConfirmBanner.tsx'), 'ConfirmBanner');
const SourceHint = lazyPart(() => import('./source-hint/SourceHint.tsx'), 'SourceHint');
const Toaster = lazyPart(() => import('../ui/toaster.tsx'), 'Toaster');

type Overlay = 'palette' | 'shortcuts' | null;

export function Shell({ children }: { children: ReactNode }) {
  const [overlay, setOverlay] = useState<Overlay>(null);
  const { confirmBy } = useSession();
  const theme = useTheme();
  const toasterWanted = useHasToasts();
  const isAdmin = useCan('admin');
  const isLookedAt = useIsLookedAt();
  const moment = useMomentSearch();
  const hasPast = useHasPast();
  useStream();
  useFocusAfterNavigation();
  useShortcuts({ openPalette: () => setOverlay('palette'), openShortcuts: () => setOverlay('shortcuts') });
  const close = () => setOverlay(null);
  return (
    <div className="flex min-h-dvh flex-col print:block">
      <a
        href="#content"
        className="absolute top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-1.5 text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <NoticeLine />
      <div className="flex min-h-0 flex-1">
        <Sidebar />
        <div className="flex min-w-0 flex-1 flex-col max-[899px]:pb-14">
          <TopBar onSearch={() => setOverlay('palette')} onShortcuts={() => setOverlay('shortcuts')} />
          <Suspense>{moment !== null && <PastBar at={moment} hasPast={hasPast} />}</Suspense>
          <main id="content" tabIndex={-1} className="min-w-0 flex-1 outline-none">
            {children}
          </main>
          {/* Below the page, so that a banner that comes pushes nothing. */}
          <div data-print="hide" className="sticky bottom-0 z-20 max-[899px]:bottom-14">
            <ConnectionBanner />
            <StoreBanner />
            <Suspense>
              {confirmBy !== null && <ConfirmBanner by={confirmBy} />}
              {isAdmin && <BreakGlassBanner />}
            </Suspense>
          </div>
        </div>
      </div>
      <BottomBar />
      <Suspense>
        {overlay === 'palette' && <CommandPalette onClose={close} />}
        {overlay === 'shortcuts' && <ShortcutSheet onClose={close} />}
        {toasterWanted && <Toaster theme={theme} />}
      </Suspense>
      <Suspense>{isLookedAt && <SourceHint />}</Suspense>
    </div>
  );
}
