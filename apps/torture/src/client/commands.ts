import type { EndState } from '../compare/compare.js';
import type { CommandKind, Wish } from '../wishes/wish.js';
import type { GraphClient } from './graph.js';

/** A process as the graph shows it. */
export interface ProcessSeen {
  readonly id: string;
  readonly state: EndState;
  readonly refusal: { readonly problems: readonly { readonly choices: readonly { value: string }[] | null }[] } | null;
}

/** What a submission was answered with. */
export type Outcome = { readonly process: ProcessSeen } | { readonly refused: string };

const PROCESS = 'id state refusal { problems { choices { value } } }';
const OUTCOME = `__typename ... on Process { ${PROCESS} } ... on Refusal { code }`;

const MUTATIONS: Readonly<Record<CommandKind, string>> = {
  'energy.submit-readings': `mutation ($key: String!, $meterId: ID!, $date: Date!, $readings: [ReadingInput!]!) {
    outcome: submitReadings(key: $key, meterId: $meterId, date: $date, readings: $readings) { ${OUTCOME} } }`,
  'energy.change-instalment': `mutation ($key: String!, $contractId: ID!, $amount: Decimal!, $from: Date!, $seen: Decimal!) {
    outcome: changeInstalment(key: $key, contractId: $contractId, amount: $amount, from: $from, seen: $seen) { ${OUTCOME} } }`,
  'energy.pay-open-items': `mutation ($key: String!, $contractAccountId: ID!, $bankAccountId: ID!, $items: [PaymentItemInput!]!, $date: Date!, $textVersion: String!) {
    outcome: payOpenItems(key: $key, contractAccountId: $contractAccountId, bankAccountId: $bankAccountId, items: $items, date: $date, textVersion: $textVersion) { ${OUTCOME} } }`,
  'energy.give-notice': `mutation ($key: String!, $contractId: ID!, $until: Date!) {
    outcome: giveNotice(key: $key, contractId: $contractId, kind: RELOCATION, until: $until) { ${OUTCOME} } }`,
  'housing.report-repair': `mutation ($key: String!, $leaseId: ID!, $roomType: RoomType!, $description: String!) {
    outcome: reportRepair(key: $key, leaseId: $leaseId, roomType: $roomType, description: $description) { ${OUTCOME} } }`,
  'transit.pause-subscription': `mutation ($key: String!, $subscriptionId: ID!, $from: String!, $months: Int!) {
    outcome: pauseSubscription(key: $key, subscriptionId: $subscriptionId, from: $from, months: $months) { ${OUTCOME} } }`,
  'pools.top-up-card': `mutation ($key: String!, $cardId: ID!, $amount: Decimal!) {
    outcome: topUpCard(key: $key, cardId: $cardId, amount: $amount) { ${OUTCOME} } }`,
};

const FIND = `query ($id: ID!) { process(id: $id) { ${PROCESS} } }`;
const ANSWER = `mutation ($id: ID!, $answer: String!) { answerProcess(id: $id, answer: $answer) { __typename } }`;

type Answered = ({ readonly __typename: 'Process' } & ProcessSeen) | { readonly __typename: 'Refusal'; code: string };

/** Submits under the wish's key until somebody answers. @returns undefined when nobody did in time */
export async function submit(
  graph: GraphClient,
  { kind, key, household, variables }: Wish,
  milliseconds: number,
): Promise<Outcome | undefined> {
  const answer = await graph.ask<{ outcome: Answered }>(
    household,
    MUTATIONS[kind],
    { key, ...variables },
    milliseconds,
  );
  if (answer === undefined) return undefined;
  const { outcome } = answer;
  return outcome.__typename === 'Refusal' ? { refused: outcome.code } : { process: outcome };
}

/** @returns null when the house does not know it; undefined when nobody answered in time */
export async function findProcess(
  graph: GraphClient,
  household: string,
  id: string,
  milliseconds: number,
): Promise<ProcessSeen | null | undefined> {
  const answer = await graph.ask<{ process: ProcessSeen | null }>(household, FIND, { id }, milliseconds);
  return answer?.process;
}

/** Answers the question with the first choice, as customers may. */
export async function answerQuestion(graph: GraphClient, household: string, process: ProcessSeen): Promise<void> {
  const [choice] = process.refusal?.problems.flatMap(({ choices }) => choices ?? []) ?? [];
  if (choice === undefined) return;
  await graph.ask(household, ANSWER, { id: process.id, answer: choice.value }, 1_000);
}
