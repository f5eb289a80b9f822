import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { OperatorDesk } from '#lib/processes';
import type { House } from '../harness.js';
import { KEYS } from './labelled-models.js';

const IDS = `{ me {
  energy { contracts { id instalment { amount { amount } } meters { id registers { id lastValue } } } }
  transit { fareSubscriptions { id } }
} }`;

const WISHES = `mutation ($meter: ID!, $readings: [ReadingInput!]!, $contract: ID!, $seen: Decimal!, $subscription: ID!) {
  readings: submitReadings(key: "w-1", meterId: $meter, date: "2026-11-18", readings: $readings) { ... on Process { state } }
  instalment: changeInstalment(key: "w-2", contractId: $contract, amount: $seen, from: "2027-01-01", seen: $seen) { ... on Process { state } }
  pause: pauseSubscription(key: "w-3", subscriptionId: $subscription, from: "2027-02", months: 1) { ... on Process { state } }
}`;

interface Ids {
  readonly energy: {
    readonly contracts: readonly {
      readonly id: string;
      readonly instalment: { readonly amount: { readonly amount: string } };
      readonly meters: readonly {
        readonly id: string;
        readonly registers: readonly { readonly id: string; readonly lastValue: string }[];
      }[];
    }[];
  };
  readonly transit: { readonly fareSubscriptions: readonly { readonly id: string }[] };
}

/**
 * Gives the persona wishes that are accepted and not carried out, since every subsidiary is paused.
 * @throws Error when one was not accepted
 */
export async function letWishesWait(house: House, gateway: NestFastifyApplication, persona: string): Promise<void> {
  const desk = gateway.get(OperatorDesk, { strict: false });
  for (const key of KEYS) await desk.pause(key, 'nothing is carried out in this test');
  const { data } = await house.graphql({ query: IDS }, { persona });
  const { energy, transit } = data!['me'] as Ids;
  const [contract] = energy.contracts;
  const [meter] = contract!.meters;
  const variables = {
    meter: meter!.id,
    readings: meter!.registers.map(({ id, lastValue }) => ({ registerId: id, value: lastValue })),
    contract: contract!.id,
    seen: contract!.instalment.amount.amount,
    subscription: transit.fareSubscriptions[0]!.id,
  };
  const answer = await house.graphql({ query: WISHES, variables }, { persona });
  const states = Object.values((answer.data ?? {}) as Record<string, { state?: string } | null>);
  if (states.length === 3 && states.every((process) => process?.state === 'ACCEPTED')) return;
  throw new Error(`a wish was not accepted: ${JSON.stringify(answer)}`);
}
