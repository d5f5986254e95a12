import { useRouter } from '@tanstack/react-router';
import { Share2 } from 'lucide-react';
import { useRef, useState } from 'react';

import { copyText } from '../../../../lib/copy-text.ts';
import { fetchedPart } from '../../../../lib/fetched-part.ts';
import { saveFile } from '../../../../lib/save-file.ts';
import { useZone } from '../../../../lib/time.ts';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Menu } from '../../../../ui/menu.tsx';
import { TextToCopy } from '../../../../ui/text-to-copy.tsx';
import { toast } from '../../../../ui/toast.ts';
import type { Exports } from '../export/exports.ts';

/** Takes the chart elsewhere as it is seen now: values, picture or address. */
export function ExportMenu({ chart }: { chart: Exports }) {
  const router = useRouter();
  const zone = useZone();
  const trigger = useRef<HTMLButtonElement>(null);
  const [blocked, setBlocked] = useState<string | null>(null);
  const { title, fileName, range } = chart;

  const save = async (ending: 'csv' | 'png', make: () => Promise<string | Blob>) => {
    const saved = await make().then(
      (content) => saveFile(`${fileName}.${ending}`, content, TYPES[ending]),
      () => false,
    );
    if (!saved) toast.error(`${title} could not be saved.`, 'Load the page again and try once more.');
  };
  const savePng = async () => {
    const { chartPicture } = await fetchedPart(() => import('../export/picture.ts'));
    return await chartPicture(await chart.drawn(), zone);
  };
  const copyLink = async () => {
    const { from, to } = range;
    const search = (before: object) => ({ ...before, from, to, range: undefined });
    // The router can't type parameters of a path it doesn't know.
    const place = { to: '.', search } as unknown as Parameters<typeof router.buildLocation>[0];
    const address = window.location.origin + router.buildLocation(place).publicHref;
    const beside = trigger.current;
    if (beside !== null && (await copyText(address, beside))) toast.success(`Link to ${title} copied`);
    else setBlocked(address);
  };
  return (
    <>
      <Menu
        label={`Export ${title}`}
        trigger={
          <button
            ref={trigger}
            type="button"
            aria-label={`Export ${title}`}
            data-print="hide"
            className="inline-flex size-6 shrink-0 items-center justify-center rounded text-muted hover:bg-hover hover:text-text"
          >
            <Share2 aria-hidden size={13} />
          </button>
        }
        items={[
          { key: 'csv', label: 'Save values (CSV)', onSelect: () => void save('csv', chart.csv) },
          { key: 'png', label: 'Save picture (PNG)', onSelect: () => void save('png', savePng) },
          { key: 'link', label: 'Copy link to this range', onSelect: () => void copyLink() },
        ]}
      />
      <Dialog open={blocked !== null} onOpenChange={() => setBlocked(null)} title="Link to this range">
        {blocked !== null && <TextToCopy text={blocked} label="link" />}
      </Dialog>
    </>
  );
}

const TYPES = { csv: 'text/csv;charset=utf-8', png: 'image/png' };
