// For a container's checks, in an image without curl: exits 0 where the server beside it answers well at the path given.
const [path = '/healthz'] = process.argv.slice(2);
const WITHIN_MS = 4_000;

const answer = await fetch(`http://127.0.0.1:${process.env['PORT'] ?? '8080'}${path}`, {
  signal: AbortSignal.timeout(WITHIN_MS),
}).catch((error: unknown) => String(error));

if (typeof answer === 'string' || !answer.ok) {
  const what =
    typeof answer === 'string' ? answer : `${path} answered ${answer.status}: ${await answer.text()}`;
  process.stderr.write(`${what}\n`);
  process.exitCode = 1;
}
