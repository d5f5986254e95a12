import { nicknameRequest } from '@cyclorama/shared/robot-fleet.ts';
import type { RobotDeployment } from '@cyclorama/shared/robots.ts';
import { roleRefusal } from '@cyclorama/shared/rules/roles.ts';
import { useState } from 'react';
import type { FormEvent } from 'react';

import { useSession } from '../../../../api/session.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Field } from '../../../../ui/field.tsx';
import { Input } from '../../../../ui/input.tsx';
import { ErrorState } from '../../../../ui/states.tsx';
import { useNickname } from '../../fleet/queries.ts';
import { plainName } from '../../names.rules.ts';

export function NicknameButton({ robot }: { robot: RobotDeployment }) {
  const { user } = useSession();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        size="sm"
        disabledReason={roleRefusal(user.role, 'admin') ?? undefined}
        onClick={() => setOpen(true)}
      >
        {robot.nickname === undefined ? 'Give a nickname…' : 'Change nickname…'}
      </Button>
      {isOpen && <NicknameDialog robot={robot} onClose={() => setOpen(false)} />}
    </>
  );
}

function NicknameDialog({ robot, onClose }: { robot: RobotDeployment; onClose: () => void }) {
  const [text, setText] = useState(robot.nickname ?? '');
  const change = useNickname(robot.id);
  const parsed = nicknameRequest.safeParse({ nickname: text.trim() === '' ? null : text });
  const fault = parsed.success ? undefined : `Nickname: ${parsed.error.issues[0]?.message ?? ''}`;
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (parsed.success) change.mutate(parsed.data.nickname, { onSuccess: onClose });
  };
  const name = plainName(robot);
  const isRemoval = parsed.success && parsed.data.nickname === null;
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button
        type="submit"
        form="nickname"
        variant="primary"
        pending={change.isPending}
        disabledReason={isRemoval && robot.nickname === undefined ? 'Enter a nickname.' : fault}
      >
        {isRemoval ? 'Remove nickname' : 'Save nickname'}
      </Button>
    </>
  );
  return (
    <Dialog open onOpenChange={onClose} title={`Nickname of ${name}`} footer={footer}>
      <form id="nickname" onSubmit={save} className="flex flex-col gap-3">
        <p>The whole team sees it wherever this robot is named. rerobots does not.</p>
        <Field label="Nickname" hint="Empty: none." error={fault}>
          <Input
            value={text}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        {change.isError && <ErrorState compact error={change.error} />}
      </form>
    </Dialog>
  );
}
