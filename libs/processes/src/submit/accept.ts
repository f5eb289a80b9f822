import { randomUUID } from 'node:crypto';
import { AppError, instantOf, type Clock, type Instant, type RequestScope } from '#lib/kernel';
import type { Customer } from '#lib/customer';
import { sql, type Store, type Transaction } from '#lib/store';
import { passStep } from '../engine/steps.js';
import { append } from '../journal/append.js';
import { isOver, type ProcessState } from '../model/process-state.js';
import { makeReceiptNumber } from '../receipts/receipt.js';
import type { ReceiptSigner } from '../receipts/receipt-signer.js';
import { DUE_CHANNEL, notify } from '../tables/change-process.js';
import type { ProcessTables } from '../tables/process-tables.js';
import { noteAccess } from './access-note.js';
import { canonicalJson, digestOf } from './canonical-json.js';
import type { WishKey } from './client-key.js';
import { principalDigest } from './principal-digest.js';
import type { Submission } from './submission.js';

/** A submission with all that makes it one wish of one caller. */
export interface Wish {
  readonly submission: Submission;
  /** Whose it is: a customer, or the owner of a public declaration. */
  readonly customer: Pick<Customer, 'id'>;
  readonly scope: RequestScope;
  readonly key: WishKey;
  /** E-mail address for receipt and outcome; null for none. */
  readonly receiptTo: string | null;
}

/** What a key was used for before. */
interface Known {
  readonly process_id: string;
  readonly request_hash: string;
  readonly state: ProcessState;
}

/** Writes wishes down: once per key, however many submissions arrive at the same time. */
export class Acceptance {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly signer: ReceiptSigner,
  ) {}

  /**
   * The process that the same wish has become before; undefined for a new wish.
   * @throws AppError CONFLICT when the key was used for another wish
   */
  async findKnown(wish: Wish): Promise<string | undefined> {
    const known = await this.store.read<ProcessTables, Known | undefined>((reader) =>
      keyRow(reader, wish).executeTakeFirst(),
    );
    return known && sameWish(known, wish);
  }

  /**
   * Everything that accepting means, in one transaction: key, process, steps, journal, record of access, mail.
   * @returns the id of the process, which may be that of an equal wish which came first
   * @throws AppError CONFLICT as {@link findKnown}; UPSTREAM_* when the store is out of reach: then the outcome may be
   *   unknown, and the same submission finds out
   */
  async accept(wish: Wish): Promise<string> {
    const id = randomUUID();
    const at = instantOf(this.clock.now());
    const receipt = await this.makeReceipt(wish, id, at);
    const accepted = await this.store.transaction<ProcessTables, string>(async (transaction) => {
      await lockKey(transaction, wish);
      const known = await keyRow(transaction, wish).executeTakeFirst();
      const earlier = known && sameWish(known, wish);
      if (earlier !== undefined) return earlier;
      await this.insertProcess(transaction, wish, id, at, receipt);
      await keepKey(transaction, wish, id, at);
      passStep('accepting', id, wish.submission.kind);
      return id;
    });
    passStep('accepted', accepted, wish.submission.kind);
    return accepted;
  }

  private async insertProcess(
    transaction: Transaction<ProcessTables>,
    { submission, customer, scope, receiptTo }: Wish,
    id: string,
    at: Instant,
    receipt: { number: string; signed: string },
  ): Promise<void> {
    const { kind, inputJson, inputHash, steps } = submission;
    const [first] = steps;
    if (first === undefined) throw new RangeError('a submission without steps');
    await transaction
      .insertInto('process')
      .values({
        id,
        kind,
        customer_id: customer.id,
        subsidiary: first.subsidiary,
        principal: principalDigest(scope.principal),
        input_json: inputJson,
        input_hash: inputHash,
        state: 'ACCEPTED',
        due_at: at,
        deadline: instantOf(this.clock.now() + first.command.deadlineMs),
        receipt_number: receipt.number,
        receipt: receipt.signed,
        receipt_to: receiptTo,
        receipt_language: scope.language,
        journal_seq: 1,
        created_at: at,
        updated_at: at,
      })
      .execute();
    const rows = steps.map(({ key, command, subsidiary, account, input }, index) => ({
      process_id: id,
      position: index + 1,
      key,
      kind: command.kind,
      subsidiary,
      account,
      effect_key: randomUUID(),
      input_json: canonicalJson(input),
      state: 'ACCEPTED' as const,
      at,
    }));
    await transaction.insertInto('process_step').values(rows).execute();
    const data = { by: scope.principal.kind, receipt: receipt.number };
    await append(transaction, [{ processId: id, seq: 1, at, fence: 0n, event: 'accepted', data }]);
    if (receiptTo !== null) {
      const mail = {
        process_id: id,
        customer_id: customer.id,
        occasion: first.command.isPublic === true ? 'declaration' : 'receipt',
        created_at: at,
        due_at: at,
      } as const;
      await transaction.insertInto('process_mail').values(mail).execute();
    }
    const subsidiaries = steps.map(({ subsidiary }) => subsidiary);
    const { principal } = scope;
    await noteAccess(transaction, { principal, customerId: customer.id, subsidiaries, operation: kind, at });
    await notify(transaction, DUE_CHANNEL);
  }

  private async makeReceipt(
    { submission }: Wish,
    id: string,
    at: Instant,
  ): Promise<{ number: string; signed: string }> {
    const { kind, title, inputHash, steps } = submission;
    const number = makeReceiptNumber(at);
    const subsidiaries = [...new Set(steps.map(({ subsidiary }) => subsidiary))];
    const signed = await this.signer.sign({ number, at, kind, title: title.de, subsidiaries, process: id, inputHash });
    return { number, signed };
  }
}

/** Submissions of the same wish come one after the other; two keys that share a hash only wait for each other. */
async function lockKey(transaction: Transaction<ProcessTables>, wish: Wish): Promise<void> {
  const name = `process key ${canonicalJson(keyOf(wish))}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(transaction);
}

async function keepKey(transaction: Transaction<ProcessTables>, wish: Wish, id: string, at: Instant): Promise<void> {
  const facts = { process_id: id, request_hash: requestHash(wish), created_at: at };
  await transaction
    .insertInto('process_key')
    .values({ ...keyOf(wish), ...facts })
    .onConflict((conflict) => conflict.columns(['principal', 'operation', 'key']).doUpdateSet(facts))
    .execute();
}

/** A natural key speaks of the account, whoever asks: what agent and customer both want is one wish. */
function keyOf({ key: { key, derived }, submission, scope }: Wish) {
  const principal = derived ? 'anyone' : principalDigest(scope.principal);
  return { principal, operation: submission.kind, key };
}

/** What else must be the same: an agent's key does not carry one customer's wish to another. */
function requestHash({ customer, submission }: Wish): string {
  return digestOf(canonicalJson([customer.id, submission.inputHash]));
}

function keyRow(reader: StoreReader, wish: Wish) {
  const { principal, operation, key } = keyOf(wish);
  return reader
    .selectFrom('process_key as k')
    .innerJoin('process as p', 'p.id', 'k.process_id')
    .select(['k.process_id', 'k.request_hash', 'p.state'])
    .where('k.principal', '=', principal)
    .where('k.operation', '=', operation)
    .where('k.key', '=', key);
}

type StoreReader = Pick<Transaction<ProcessTables>, 'selectFrom'>;

/**
 * The process of the same wish. A derived key means no more than "about the same thing": once that is over, another
 * value is a new wish, and so is the same value after a refusal.
 */
function sameWish({ process_id: id, request_hash: hash, state }: Known, wish: Wish): string | undefined {
  const same = hash === requestHash(wish);
  if (wish.key.derived && isOver(state) && !(same && state === 'DONE')) return undefined;
  if (same) return id;
  throw new AppError('CONFLICT', 'the key stands for another wish', {
    path: 'key',
    reason: wish.key.derived ? 'the same thing is under way with another value' : 'used before with another input',
  });
}
