// Tells the bench where a peer listens, and ends with it.

/** @param server of node:http, already listening */
export function tellReady(server) {
  process.send?.({ ready: true, url: `http://127.0.0.1:${server.address().port}` });
  process.once('disconnect', () => process.exit(0));
  process.once('SIGTERM', () => process.exit(0));
}
