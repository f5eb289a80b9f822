import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { OperatorDesk } from '#lib/processes';
import type { House } from '../harness.js';
import { KEYS } from './labelled-models.js';
import type { Stage } from './stage.js';

const IDS = `{ me {
  energy {
    contracts { id instalment { amount { amount } } meters { id registers { id lastValue } } }
    contractAccounts { id }
    bankAccounts { nodes { id } }
    invoices(open: true) { nodes { id } }
  }
  transit { fareSubscriptions { id } }
} }`;

const WISHES = `mutation (
  $meter: ID!, $readings: [ReadingInput!]!, $contract: ID!, $seen: Decimal!, $subscription: ID!, $tariff: ID!,
  $prices: [SeenPriceInput!]!, $account: ID!, $bank: ID!, $invoice: ID!, $text: String!
) {
  readings: submitReadings(key: "w-1", meterId: $meter, date: "2026-11-18", readings: $readings) { ... on Process { state } }
  instalment: changeInstalment(key: "w-2", contractId: $contract, amount: $seen, from: "2027-01-01", seen: $seen) { ... on Process { state } }
  pause: pauseSubscription(key: "w-3", subscriptionId: $subscription, from: "2027-02", months: 1) { ... on Process { state } }
  product: changeProduct(key: "w-4", contractId: $contract, tariffId: $tariff, from: "2027-01-01", seen: $prices, orderConfirmed: true) { ... on Process { state } }
  notice: giveNotice(key: "w-5", contractId: $contract, kind: RELOCATION, until: "2027-03-31") { ... on Process { state } }
  bank: changeBankAccount(key: "w-6", iban: "DE93999999990000000001", holder: "Aylin Kaya", directDebit: { contractAccountId: $account, textVersion: $text }) { ... on Process { state } }
  payment: payOpenItems(key: "w-7", contractAccountId: $account, bankAccountId: $bank, items: [{ invoiceId: $invoice, amount: "1.00" }], date: "2026-11-19", textVersion: $text) { ... on Process { state } }
}`;

const OFFERS = `{
  directDebitText { version }
  tariffs(postcode: "07747", commodity: POWER, annualConsumption: "2500", from: "2027-01-01") {
    nodes { tariff { id number } prices { zone grossPrice } }
  }
}`;

const CHANGE = `mutation ($contract: ID!, $tariff: ID!, $prices: [SeenPriceInput!]!) {
  changeProduct(key: "w-0", contractId: $contract, tariffId: $tariff, from: "2027-01-01", seen: $prices, orderConfirmed: true) {
    ... on Process { state }
  }
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
    readonly contractAccounts: readonly { readonly id: string }[];
    readonly bankAccounts: { readonly nodes: readonly { readonly id: string }[] };
    readonly invoices: { readonly nodes: readonly { readonly id: string }[] };
  };
  readonly transit: { readonly fareSubscriptions: readonly { readonly id: string }[] };
}

/**
 * Gives the persona wishes that are accepted and not carried out, since every subsidiary is paused.
 * @throws Error when one was not accepted
 */
export async function letWishesWait(
  house: House,
  gateway: NestFastifyApplication,
  { persona, stage }: { readonly persona: string; readonly stage: Stage },
): Promise<void> {
  const desk = gateway.get(OperatorDesk, { strict: false });
  for (const key of KEYS) await desk.pause(key, 'nothing is carried out in this test');
  const { data } = await house.graphql({ query: IDS }, { persona });
  const { energy, transit } = data!['me'] as Ids;
  const [contract] = energy.contracts;
  const [meter] = contract!.meters;
  const { text, ...offered } = await readOffer(house);
  const variables = {
    ...offered,
    text,
    account: energy.contractAccounts[0]!.id,
    bank: energy.bankAccounts.nodes[0]!.id,
    invoice: energy.invoices.nodes[0]!.id,
    meter: meter!.id,
    readings: meter!.registers.map(({ id, lastValue }) => ({ registerId: id, value: lastValue })),
    contract: contract!.id,
    seen: contract!.instalment.amount.amount,
    subscription: transit.fareSubscriptions[0]!.id,
  };
  // A bank account is changed right after a second factor only.
  const forever = Number.MAX_SAFE_INTEGER;
  stage.caller = { kind: 'customer', subject: persona, expiresAt: forever, stepUpUntil: forever };
  const answer = await house.graphql({ query: WISHES, variables }, { persona });
  stage.caller = null;
  const states = Object.values((answer.data ?? {}) as Record<string, { state?: string } | null>);
  if (states.length === 7 && states.every((process) => process?.state === 'ACCEPTED')) return;
  throw new Error(`a wish was not accepted: ${JSON.stringify(answer)}`);
}

/** Orders another product for the persona's contract, which SAP then agrees to. @throws Error when it does not */
export async function changeProductOf(house: House, persona: string): Promise<void> {
  const { data } = await house.graphql({ query: '{ me { energy { contracts { id } } } }' }, { persona });
  const contract = (data!['me'] as Ids).energy.contracts[0]!.id;
  const { tariff, prices } = await readOffer(house);
  const wishes = { persona, headers: { prefer: 'wait=10' } };
  const answer = await house.graphql({ query: CHANGE, variables: { contract, tariff, prices } }, wishes);
  if (JSON.stringify(answer.data).includes('DONE')) return;
  throw new Error(`the product was not changed: ${JSON.stringify(answer)}`);
}

/** What is for sale, with the text of the mandate. */
async function readOffer(house: House): Promise<{ text: string; tariff: string; prices: readonly object[] }> {
  const { data } = await house.graphql({ query: OFFERS });
  const { directDebitText, tariffs } = data as {
    directDebitText: { version: string };
    tariffs: { nodes: { tariff: { id: string; number: string }; prices: object[] }[] };
  };
  const { tariff, prices } = tariffs.nodes.find((offer) => offer.tariff.number.endsWith('FIX24'))!;
  return { text: directDebitText.version, tariff: tariff.id, prices };
}
