import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Household } from '../../../world/household.js';
import type { World } from '../../../world/world.js';
import { sendBare500 } from '../../http.js';
import type { CreateSystem } from '../../legacy-system.js';

/** A Tuesday in November, 14:30 in Berlin. */
export const NOVEMBER_AFTERNOON = Date.parse('2026-11-24T13:30:00Z');

const nobody = () => undefined;

/** A world for one spec: empty but for what it is given, its clock stands still. */
export function imagineWorld(facts: Partial<World>): World {
  return {
    now: () => NOVEMBER_AFTERNOON,
    today: () => '2026-11-24',
    household: nobody,
    byKey: nobody,
    numbersByLastName: () => [],
    byEnergyAccount: nobody,
    byEnergyContractAccount: nobody,
    byEnergyContract: nobody,
    byMeter: nobody,
    byTenantNumber: nobody,
    byFlat: nobody,
    byTransitCustomer: nobody,
    bySubscription: nobody,
    byTillClient: nobody,
    byCardUid: nobody,
    listings: () => [],
    faults: { find: nobody },
    ...facts,
  };
}

/** A household of one person without any books but those given. */
export function imagineHousehold(number: number, books: Partial<Household>): Household {
  return {
    number,
    key: `h-${number}`,
    signIn: null,
    description: '',
    person: {
      salutation: 'Frau',
      firstName: 'Änne',
      lastName: 'Groß & Klein',
      birthDate: '1994-07-03',
      email: null,
      phone: null,
    },
    address: { street: 'Am Gries', houseNumber: '4', postcode: '07747', city: 'Jena', district: 'Lobeda' },
    energy: null,
    housing: null,
    transit: null,
    pools: null,
    ...books,
  };
}

/** Lets a system answer at a free port while `use` runs. */
export async function withSystem(
  create: CreateSystem,
  world: World,
  use: (baseUrl: string) => Promise<void>,
): Promise<void> {
  const system = create(world);
  const server = createServer((request, response) => {
    system.handle(request, response).catch(() => sendBare500(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
