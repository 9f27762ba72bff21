const seconds = since => `${Math.round((Date.now() - since) / 1000)} s`;

/** Runs a piece of work under a label, and shows that it is alive whenever it takes more than two seconds. */
export async function step(label, work) {
  const since = Date.now();
  let shown = false;
  const alive = setInterval(() => {
    const next = `  ${label} … ${seconds(since)}`;
    if (process.stdout.isTTY) process.stdout.write(`\r${next}`);
    else if (!shown || Math.round((Date.now() - since) / 1000) % 10 === 0) console.log(next);
    shown = true;
  }, 2000);
  try {
    return await work();
  } finally {
    clearInterval(alive);
    if (shown) console.log(`${process.stdout.isTTY ? '\r' : ''}  ${label} … done in ${seconds(since)}`);
  }
}
