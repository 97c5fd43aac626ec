/**
 * `node deploy/probe.mjs /readyz`: asks the process of this container, and ends with 0 for a 2xx. What it answered is
 * printed, so that `docker inspect` shows the reasons.
 */
const [path = '/livez'] = process.argv.slice(2);
const url = `http://127.0.0.1:${process.env.HYPERHOOK_PORT || '8080'}${path}`;
try {
  const answer = await fetch(url, { signal: AbortSignal.timeout(4_000) });
  console.log(`${answer.status} ${await answer.text()}`);
  process.exitCode = answer.ok ? 0 : 1;
} catch (error) {
  console.log(`${url}: ${error.cause?.code ?? error.message}`);
  process.exitCode = 1;
}
