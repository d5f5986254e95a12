import { expect, it } from 'vitest';

import { connection } from '../../../testing/builders/robots.ts';
import { sshCommands } from './ssh-command.rules.ts';

const at = (hostKeys: string[]) => connection({ hostKeys });

it('pins the host’s key and names the key file', () => {
  expect(sshCommands(at(['[10.0.0.1]:2210 ssh-ed25519 AAAA']), 'b1-2345678', 'cyclorama-misty.key')).toEqual({
    protectKey: 'chmod 600 ~/Downloads/cyclorama-misty.key',
    pinHostKeys:
      "mkdir -p ~/.ssh && printf '%s\\n' '[10.0.0.1]:2210 ssh-ed25519 AAAA' > ~/.ssh/cyclorama-12345678.known_hosts",
    connect:
      'ssh -i ~/Downloads/cyclorama-misty.key -o IdentitiesOnly=yes -o UserKnownHostsFile=~/.ssh/cyclorama-12345678.known_hosts -o StrictHostKeyChecking=yes -p 2210 root@10.0.0.1',
  });
});

it('leaves out what isn’t known', () => {
  expect(sshCommands(at([]), 'b1', null)).toEqual({
    protectKey: null,
    pinHostKeys: null,
    connect: 'ssh -p 2210 root@10.0.0.1',
  });
});

it('lets nothing an upstream says out of its quotes', () => {
  const { pinHostKeys, connect } = sshCommands({ ...at(["x'; rm -rf ~ #"]), host: '1;reboot' }, 'b1', null);
  expect(pinHostKeys).toContain("'x'\\''; rm -rf ~ #'");
  expect(connect).toContain("'root@1;reboot'");
});
