import { Link } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import { Suspense } from 'react';

import { basePath } from '../lib/base-path.ts';
import { lazyPart } from '../ui/lazy-part.ts';
import { Popover } from '../ui/popover.tsx';
import { navigation } from './pages.ts';

const AlertCount = lazyPart(() => import('../features/alerts/components/AlertCount.tsx'), 'AlertCount');
const BAR_ITEMS = 4;

export function Sidebar() {
  return (
    // As high as the page: with a height of its own it would push the page's end below the window by the notice.
    <div data-print="hide" className="w-48 shrink-0 border-r border-line bg-panel max-[899px]:hidden">
      <nav aria-label="Pages" className="sticky top-0 flex max-h-dvh flex-col gap-0.5 overflow-y-auto p-2">
        <Link to="/" className="mb-2 flex h-9 items-center gap-2 px-2 text-base font-semibold no-underline">
          <img src={`${basePath}/icon.svg`} alt="" width={20} height={20} />
          Cyclorama
        </Link>
        {navigation.map(({ to, label, icon: Icon }) => (
          <Link
            key={to}
            to={to}
            activeOptions={{ exact: to === '/', includeSearch: false }}
            className="flex h-8 items-center gap-2.5 rounded-md px-2 text-muted no-underline hover:bg-hover hover:text-text data-[status=active]:bg-active data-[status=active]:font-medium data-[status=active]:text-text"
          >
            <Icon aria-hidden size={15} />
            {label}
            <Suspense>{to === '/alerts' && <AlertCount />}</Suspense>
          </Link>
        ))}
      </nav>
    </div>
  );
}

const BAR_LINK =
  'flex min-w-0 flex-1 flex-col items-center justify-center gap-0.5 rounded-md text-[11px] text-muted no-underline data-[status=active]:font-medium data-[status=active]:text-text';

export function BottomBar() {
  return (
    <nav
      aria-label="Pages"
      data-print="hide"
      className="fixed inset-x-0 bottom-0 z-30 flex h-14 gap-1 border-t border-line bg-panel p-1 min-[900px]:hidden"
    >
      {navigation.slice(0, BAR_ITEMS).map(({ to, label, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: to === '/', includeSearch: false }}
          className={BAR_LINK}
        >
          <Icon aria-hidden size={18} />
          {label}
        </Link>
      ))}
      <Popover
        label="More pages"
        triggerClass="h-full min-w-0 flex-1 flex-col justify-center gap-0.5! text-[11px] text-muted"
        trigger={
          <>
            <Ellipsis aria-hidden size={18} />
            More
          </>
        }
      >
        {(close) => (
          <div className="flex w-44 flex-col">
            {navigation.slice(BAR_ITEMS).map(({ to, label, icon: Icon }) => (
              <Link
                key={to}
                to={to}
                onClick={close}
                className="flex h-10 items-center gap-2.5 rounded-md px-2 no-underline data-[status=active]:bg-active data-[status=active]:font-medium"
              >
                <Icon aria-hidden size={16} />
                {label}
                <Suspense>{to === '/alerts' && <AlertCount />}</Suspense>
              </Link>
            ))}
          </div>
        )}
      </Popover>
    </nav>
  );
}
