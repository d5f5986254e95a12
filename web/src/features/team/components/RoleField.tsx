import { role as roles } from '@cyclorama/shared/common.ts';
import type { Role } from '@cyclorama/shared/common.ts';
import { roleChangeRefusal } from '@cyclorama/shared/rules/team.ts';
import type { TeamPerson } from '@cyclorama/shared/team.ts';
import { useState } from 'react';

import { useSession } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { ErrorState } from '../../../ui/states.tsx';
import { useSetRole } from '../queries.ts';
import { roleOriginText, toMember } from '../rules.ts';

export function RoleField({ member, team }: { member: TeamPerson; team: TeamPerson[] }) {
  const { user } = useSession();
  const [chosen, setChosen] = useState<Role | null>(null);
  const set = useSetRole(member.name);
  const role = chosen ?? member.role;
  const members = team.map(toMember);
  // Taking the role of admin is what may be refused for one role only.
  const anyRefusal = roleChangeRefusal(toMember(member), user, members, 'admin');
  const refusal = roleChangeRefusal(toMember(member), user, members, role);
  const unchanged = role === member.role ? 'This is the role already.' : null;
  const save = () => set.mutate(role, { onSuccess: () => setChosen(null) });
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-end gap-2">
        <Field label="Role" hint={roleOriginText(member)}>
          <Select
            value={role}
            disabled={anyRefusal !== null}
            options={roles.options.map((value) => ({ value, label: value }))}
            onValueChange={setChosen}
          />
        </Field>
      </div>
      <div>
        <Button pending={set.isPending} disabledReason={refusal ?? unchanged ?? undefined} onClick={save}>
          Set role
        </Button>
      </div>
      {set.error !== null && <ErrorState compact error={set.error} />}
    </div>
  );
}
