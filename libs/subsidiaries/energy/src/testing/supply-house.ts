import { toGlobalId, type Instant } from '#lib/kernel';
import type { Attempt, Command } from '#lib/subsidiary-kit';
import { customerPrincipal, directoryOf, openScope, TestClock } from '#lib/testing';
import { Upstream } from '#lib/upstream';
import { SapGateway } from '../backend/sap/sap-gateway.js';
import { SupplyBackend } from '../backend/supply/supply.backend.js';
import { ContractEnding } from '../commands/contract-ending.js';
import { DeclareCancellation, DeclaredEnding, DeclareWithdrawal } from '../commands/declare.js';
import { GiveNotice } from '../commands/give-notice.js';
import { OrderSupply } from '../commands/order-supply.js';
import { WithdrawContract } from '../commands/withdraw-contract.js';
import { FakeSap } from '../../fixtures/fake-sap.js';
import { FakeSupply } from '../../fixtures/fake-supply.js';

export const POWER = toGlobalId('EnergyContract', '0900071001');
export const GAS = toGlobalId('EnergyContract', '0900071002');
export const NEW = toGlobalId('EnergyContract', '0900071003');
export const FOREIGN = toGlobalId('EnergyContract', '0900079999');

/** The commands about beginnings and ends of contracts over a fake SAP; it is noon of Sunday, 22 November 2026. */
export function supplyHouse() {
  const clock = new TestClock('2026-11-22T11:00:00Z');
  const books = new FakeSupply();
  const sap = new FakeSap(books.answer);
  const upstream = new Upstream(clock, { concurrent: 8, waiting: 8, cacheBytes: 1_000_000 });
  upstream.connect = () => sap;
  const gateway = new SapGateway({ url: 'https://sap.example', user: 'TOR', password: 'offen' }, upstream, clock);
  const backend = new SupplyBackend(gateway);
  const ending = new ContractEnding(backend, upstream, directoryOf(), clock);
  const declared = new DeclaredEnding(backend, upstream, ending, clock);
  const intents: number[] = [];
  const attempt: Attempt = {
    account: books.account,
    key: 'k',
    number: 1,
    acceptedAt: '2026-11-22T11:00:00.000Z' as Instant,
    signal: new AbortController().signal,
    intend: () => Promise.resolve(void intents.push(books.changes.length)),
  };
  const request = () => ({
    account: books.account,
    scope: openScope(clock, { principal: customerPrincipal('lena') }),
  });
  return {
    clock,
    books,
    sap,
    backend,
    intents,
    attempt,
    notice: new GiveNotice(ending, clock),
    withdrawal: new WithdrawContract(ending, clock),
    order: new OrderSupply(backend, upstream, clock),
    cancellation: new DeclareCancellation(declared),
    publicWithdrawal: new DeclareWithdrawal(declared),
    /** What can be checked at once. */
    check: <I extends Readonly<Record<string, unknown>>>(command: Command<I, never> | Command<I>, input: object) =>
      command.check(command.parse(input), request()),
  };
}
