import type { RobotAccount } from '@cyclorama/shared/robot-access.ts';

import { CopyId } from '../../../../ui/copy.tsx';
import { DefinitionList } from '../../../../ui/definition-list.tsx';
import { Panel } from '../../../../ui/panel.tsx';
import { StateLabel } from '../../../../ui/state-glyph.tsx';
import { Absolute } from '../../../../ui/time.tsx';

const from: Record<RobotAccount['tokenFrom'], string> = {
  configured: 'Server configuration',
  stored: 'Set on this page, kept encrypted',
  revoked: 'Revoked on this page',
  unreadable: 'Set on this page, can’t be decrypted any more',
  missing: 'Not set',
};

export function TokenPanel({ account }: { account: RobotAccount }) {
  const { tokenWorks, tokenFrom } = account;
  return (
    <Panel title="The dashboard’s token">
      <DefinitionList
        items={[
          ['State', <StateLabel key="s" state={stateOf(account)} />],
          ['Source', from[tokenFrom]],
          ['Account', account.userName],
          ['Expires', account.expiresAt === null ? null : <Absolute key="e" at={account.expiresAt} />],
          [
            'SHA-256',
            account.tokenSha256 === null ? null : (
              <CopyId key="h" id={account.tokenSha256} label="SHA-256 of the token" />
            ),
          ],
        ]}
      />
      {tokenWorks === false && (
        <p className="mt-2">rerobots refused it: revoked or expired. Set a new one.</p>
      )}
    </Panel>
  );
}

function stateOf({ tokenFrom, tokenWorks }: RobotAccount): string {
  if (tokenFrom === 'missing') return 'unconfigured';
  if (tokenFrom === 'revoked' || tokenFrom === 'unreadable') return 'no-token';
  return tokenWorks === null ? 'unknown' : tokenWorks ? 'active' : 'refused';
}
