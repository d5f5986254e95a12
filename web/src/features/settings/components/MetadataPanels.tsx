import type { MetadataFile } from '@cyclorama/shared/settings.ts';

import { formatBytes } from '../../../lib/units.ts';
import { CopyId } from '../../../ui/copy.tsx';
import { DefinitionList } from '../../../ui/definition-list.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { Absolute } from '../../../ui/time.tsx';
import { NetworkPanel, ServicesPanel, TagsPanel } from './SharedPanels.tsx';

export function MetadataPanels({ file }: { file: MetadataFile }) {
  return (
    <div className="grid items-start gap-3 lg:grid-cols-2">
      <Panel title="File">
        <DefinitionList
          items={[
            [
              'Path',
              <code key="path" className="font-mono text-xs">
                {file.path}
              </code>,
            ],
            ['Written', <Absolute key="written" at={file.changedAt} />],
            ['Size', formatBytes(file.bytes)],
            ['Environment', <CopyId key="environment" id={file.id} />],
          ]}
        />
      </Panel>
      <ServicesPanel services={file.services} />
      <NetworkPanel network={file.privateNetwork} />
      <TagsPanel tags={file.deploymentTags} />
    </div>
  );
}
