import { readFileSync } from 'node:fs';

/** Empty where the process is gone or the system is not Linux. */
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
    // Ended meanwhile.
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
