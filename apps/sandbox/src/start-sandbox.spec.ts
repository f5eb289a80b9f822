import { createServer, Server, type AddressInfo } from 'node:net';
import { describe, expect, it, jest } from '@jest/globals';
import { startSandbox } from './start-sandbox.js';

describe('startSandbox', () => {
  it('names everything that listens and closes all of it', async () => {
    const sandbox = await startSandbox({ ports: 0 });
    expect(new Set(sandbox.addresses.map(({ url }) => url)).size).toBe(sandbox.addresses.length);
    expect(sandbox.environment).toMatchObject({
      SANDBOX_URL: sandbox.controlUrl,
      OIDC_ISSUER: sandbox.issuer,
      OIDC_AUDIENCE: 'https://saaltor.example/graph',
    });
    expect((await fetch(sandbox.controlUrl)).status).toBe(200);
    await sandbox.close();
    for (const { url } of sandbox.addresses) await expect(fetch(url)).rejects.toThrow();
  });

  it('names the port and the system when a port is taken, and leaves nothing running', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const listen = jest.spyOn(Server.prototype, 'listen');
    try {
      const { port } = blocker.address() as AddressInfo;
      await expect(startSandbox({ ports: port })).rejects.toThrow(`port ${port} for control is taken`);
      const started = listen.mock.contexts as Server[];
      expect(started.length).toBeGreaterThan(2);
      expect(started.filter((server) => server.listening)).toEqual([]);
    } finally {
      listen.mockRestore();
      await new Promise((resolve) => blocker.close(resolve));
    }
  });

  it('runs twice beside itself', async () => {
    const [left, right] = await Promise.all([startSandbox({ ports: 0 }), startSandbox({ ports: 0 })]);
    left.world.faults.order({ kind: 'hang', system: 'till', household: null });
    expect(right.world.faults.find('till', 2)).toBeUndefined();
    await Promise.all([left.close(), right.close()]);
  });
});
