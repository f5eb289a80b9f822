import { linesAt } from './network.js';
import type { Place, Stop } from './stops.js';

/** Bits of all products that call at the stop. */
export function productClasses(stop: Stop): number {
  return linesAt(stop.id).reduce((bits, line) => bits | line.vehicle.productClass, 0);
}

/**
 * A stop as HAFAS writes it.
 * @param lidSuffix further parts of the location id, each closed by `@`, e.g. `B=1@`
 */
export function wireStop(stop: Stop, icon: number, lidSuffix = ''): Record<string, unknown> {
  return {
    lid: lidOf(1, stop.name, stop, 80, stop.id) + lidSuffix,
    type: 'S',
    name: stop.name,
    icoX: icon,
    extId: stop.id,
    state: 'F',
    crd: { x: stop.x, y: stop.y, floor: 0 },
    pCls: productClasses(stop),
    ...(stop.globalId === null ? {} : { globalIdL: [{ id: stop.globalId, type: 'A' }] }),
    chgTime: '000300',
    countryCodeL: ['de'],
  };
}

/** An address (without number) or a point of interest. */
export function wirePlace(place: Place, icon: number): Record<string, unknown> {
  const isAddress = place.kind === 'A';
  return {
    lid: lidOf(isAddress ? 2 : 4, place.name, place, 103, place.id),
    type: place.kind,
    name: place.name,
    icoX: icon,
    ...(isAddress ? { state: 'M' } : { extId: place.id, state: 'F' }),
    crd: { x: place.x, y: place.y },
  };
}

/** Number of the stop a client means: `extId`, or else the `L=` part of the lid. */
export function stopIdOf(lid: string | undefined, extId: string | undefined): string | undefined {
  return (
    extId ??
    lid
      ?.split('@')
      .find((part) => part.startsWith('L='))
      ?.slice(2)
  );
}

function lidOf(kind: number, name: string, { x, y }: { x: number; y: number }, base: number, id: string): string {
  return `A=${kind}@O=${name}@X=${x}@Y=${y}@U=${base}@L=${id}@`;
}
