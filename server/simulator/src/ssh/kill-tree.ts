import { readFileSync } from 'node:fs';

/** The direct children of a process, as Linux tells them; none where it is gone or the system keeps no list. */
function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text.split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}

/**
 * Kills a process and all that it started. sshd gives every command a session of its own, so killing its process group
 * would leave them.
 */
export function killTree(pid: number): void {
  const children = childrenOf(pid);
  kill(pid);
  for (const child of children) killTree(child);
}
