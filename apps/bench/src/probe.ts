// Loaded before every program of the bench: sets its clock, and tells what it has used when the bench asks.
import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

const offset = Number(process.env['BENCH_CLOCK_OFFSET_MS'] ?? 0);
const RealDate = Date;

/** The same moment for all programs, so that their answers can be compared; it goes on as fast as real time. */
class ShiftedDate extends RealDate {
  constructor(...parts: unknown[]) {
    if (parts.length === 0) super(RealDate.now() + offset);
    else super(...(parts as [number]));
  }

  static override now(): number {
    return RealDate.now() + offset;
  }
}

if (offset !== 0) globalThis.Date = ShiftedDate as DateConstructor;

/** Requests that came in, by the port they came to. */
const requests = new Map<number, number>();
subscribe('http.server.request.start', (message) => {
  const port = (message as { socket: Socket }).socket.localPort ?? 0;
  requests.set(port, (requests.get(port) ?? 0) + 1);
});

process.on('message', (message: { probe?: number; tidy?: boolean }) => {
  if (message.probe === undefined) return;
  // What is garbage is nobody's memory.
  if (message.tidy === true) globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ probe: message.probe, cpuMs: (user + system) / 1_000, rss, heapUsed, requests: [...requests] });
});
