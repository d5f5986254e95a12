// Preloaded into every process the scripts start: sends it SIGTERM once its parent is gone, however that ended.
import { readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const CHECK_MS = 500;

/** Name and parent of a process, from Linux's /proc ("pid (name) state ppid …"); null elsewhere. */
function processInfo(pid) {
  try {
    const [, name, parent] = /\((.*)\) \S+ (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return { name, parent: Number(parent) };
  } catch {
    return null;
  }
}

/** npm runs a script in a shell that outlives npm when npm is killed, so the shell's parent is checked too. */
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
  }, CHECK_MS);
  timer.unref();
}
