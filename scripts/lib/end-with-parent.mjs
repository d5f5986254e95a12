// Preloaded into what the scripts start: a process whose parent is gone, however it ended, stops as if it were asked to.
import { readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const LOOK_MS = 500;

/** Name and parent of a process, from Linux's /proc ("pid (name) state ppid …"); null elsewhere. */
function processInfo(pid) {
  try {
    const [, name, parent] = /\((.*)\) \S+ (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return { name, parent: Number(parent) };
  } catch {
    return null;
  }
}

/** npm runs a script by a shell, which goes on waiting when npm is killed: then the shell's parent is looked at too. */
function lineage() {
  const shell = process.env.npm_lifecycle_event ? processInfo(process.ppid) : null;
  return `${process.ppid} ${shell?.name === 'sh' ? shell.parent : ''}`;
}

if (isMainThread) {
  const born = lineage();
  const timer = setInterval(() => {
    if (lineage() === born) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_MS);
  timer.unref();
}
