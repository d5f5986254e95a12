import { imageDownloadRequest } from '@cyclorama/shared/infrastructure.ts';
import type { ServerImage } from '@cyclorama/shared/infrastructure.ts';
import { roleRefusal } from '@cyclorama/shared/rules/roles.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { QueryView } from '../../../../api/query-view.tsx';
import { useSession } from '../../../../api/session.ts';
import { idOf } from '../../../../lib/ids.ts';
import { ResourceLink } from '../../../../router/resource-link.tsx';
import { Button } from '../../../../ui/button.tsx';
import { CopyId } from '../../../../ui/copy.tsx';
import { DataTable } from '../../../../ui/data-table.tsx';
import type { Column } from '../../../../ui/data-table.types.ts';
import { Field } from '../../../../ui/field.tsx';
import { Input } from '../../../../ui/input.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { EmptyState, ErrorState } from '../../../../ui/states.tsx';
import { Ago } from '../../../../ui/time.tsx';
import { serverImagesQuery, useImageDownload } from '../queries.ts';

const columns: Column<ServerImage>[] = [
  {
    key: 'id',
    header: 'Image',
    primary: true,
    value: ({ id }) => id,
    cell: ({ id }) => <CopyId id={id} label="image id" />,
  },
  {
    key: 'usedBy',
    header: 'Run by',
    priority: 1,
    value: ({ usedBy }) => usedBy[0]?.name ?? null,
    cell: ({ usedBy }) =>
      usedBy.length === 0 ? (
        <span className="text-muted">Nothing in this environment</span>
      ) : (
        <span className="flex flex-wrap gap-x-3">
          {usedBy.map(({ id, name }) => (
            <ResourceLink key={id} kind="container" id={id}>
              {name}
            </ResourceLink>
          ))}
        </span>
      ),
  },
  {
    key: 'lastUsedAt',
    header: 'Last used',
    priority: 2,
    width: 140,
    value: ({ lastUsedAt }) => lastUsedAt,
    cell: ({ lastUsedAt }) => (lastUsedAt === null ? 'Never' : <Ago at={lastUsedAt} />),
  },
];

export function ImagesPanel() {
  const query = useQuery(serverImagesQuery);
  return (
    <Panel title="Images">
      <div className="flex flex-col gap-3">
        <Download />
        <QueryView query={query}>
          {({ images }) =>
            images.length === 0 ? (
              <EmptyState
                title="No images on this server."
                hint="Cycle fetches one with the first instance that needs it."
              />
            ) : (
              <DataTable
                caption="Images on this server"
                columns={columns}
                rows={images}
                rowKey={idOf}
                height="280px"
              />
            )
          }
        </QueryView>
        <p className="text-xs text-muted">
          Cycle’s internal API tells neither the names nor the sizes of images.
        </p>
      </div>
    </Panel>
  );
}

/** Ahead of its use, so that the next instance starts sooner. */
function Download() {
  const [imageId, setImageId] = useState('');
  const { mutate, isPending, isSuccess, error, variables } = useImageDownload();
  const refused = roleRefusal(useSession().user.role, 'operator') ?? undefined;
  const parsed = imageDownloadRequest.safeParse({ imageId: imageId.trim() });
  const fault = parsed.success ? undefined : 'Image id: expected 24 hexadecimal digits';
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (parsed.success && refused === undefined) mutate(parsed.data.imageId);
      }}
    >
      <div className="flex flex-wrap items-end gap-2">
        <div className="min-w-64 flex-1 sm:max-w-96">
          <Field label="Image to fetch">
            <Input
              value={imageId}
              placeholder="24 hexadecimal digits"
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => setImageId(event.target.value)}
            />
          </Field>
        </div>
        <Button type="submit" pending={isPending} disabledReason={refused ?? fault}>
          Download image
        </Button>
      </div>
      <output className="min-h-5 text-muted">
        {isPending && 'Downloading: Cycle answers when the server has it.'}
        {isSuccess && !isPending && `This server has ${variables}.`}
      </output>
      {error !== null && <ErrorState compact error={error} />}
    </form>
  );
}
