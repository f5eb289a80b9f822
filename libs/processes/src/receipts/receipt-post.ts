import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { AppError, CLOCK, type Cancel, type Clock } from '#lib/kernel';
import { Upstream, type MailConnection } from '#lib/upstream';
import { CommandRegistry } from '../engine/command-registry.js';
import { PROCESSES_PLAN, type ProcessesPlan } from '../processes-plan.js';
import { ProcessesSettings } from '../processes.settings.js';
import { MailSettings } from './mail.settings.js';
import { wordsOf } from './mail-words.js';
import { ReceiptMail, type DueMail } from './receipt-mail.js';

/** How often the outbox is looked at. */
const LOOK_EVERY_MS = 2_000;
/** Time for one mail, from name resolution to the server's last word. */
const MAIL_MS = 15_000;
/** Mails per look: an instance that dies leaves no more than these to wait for their next turn. */
const AT_ONCE = 10;

/** Sends what lies in the outbox, on instances that are workers and have a mail server. */
@Injectable()
export class ReceiptPost implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('Mail');
  private connection: MailConnection | null = null;
  private cancelLook: Cancel = () => undefined;
  private looking: Promise<void> = Promise.resolve();
  private readonly stop = new AbortController();

  constructor(
    private readonly mail: ReceiptMail,
    private readonly upstream: Upstream,
    private readonly registry: CommandRegistry,
    private readonly settings: MailSettings,
    private readonly roles: ProcessesSettings,
    @Inject(PROCESSES_PLAN) private readonly plan: ProcessesPlan,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Begins where the plan, the roles and the settings of this instance want it. */
  onApplicationBootstrap(): void {
    const { smtpUrl: url } = this.settings;
    if (!this.plan.open || url === undefined || !this.roles.roles.split(',').includes('worker')) return;
    this.connection = this.upstream.connectMail({ url });
    this.look();
  }

  /** What is being sent is given up, and goes out again from the next instance that looks. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    this.cancelLook();
    await this.looking;
  }

  private look(): void {
    this.looking = this.sendDue()
      .catch((error: unknown) => this.report(error))
      .then(() => {
        if (!this.stop.signal.aborted) this.cancelLook = this.clock.after(LOOK_EVERY_MS, () => this.look());
      });
  }

  private async sendDue(): Promise<void> {
    for (const due of await this.mail.take(AT_ONCE)) {
      if (this.stop.signal.aborted) return;
      try {
        await this.send(due);
        await this.mail.sent(due);
      } catch (error) {
        this.report(error);
        if (error instanceof AppError && ['UPSTREAM_REJECTED', 'INVALID_INPUT'].includes(error.code)) {
          await this.mail.giveUp(due);
        }
      }
    }
  }

  private async send({ id, to, occasion, language, kind, inputJson, receipt }: DueMail): Promise<void> {
    const { number, at, signed } = receipt;
    const title = this.registry.titleOf(kind)[language];
    const statement = occasion === 'declaration' ? this.registry.statementOf(kind, inputJson, language) : [];
    const words = wordsOf({ occasion, language, title, receiptNumber: number, acceptedAt: at, statement });
    const from = this.settings.sender;
    const messageId = `${number}.${occasion}.${id}@${from.slice(from.lastIndexOf('@') + 1)}`;
    const attachments =
      occasion === 'receipt' || occasion === 'declaration'
        ? [{ name: `${number}.jws`, mediaType: 'application/jose', content: signed }]
        : [];
    const deadline = new AbortController();
    const cancel = this.clock.after(MAIL_MS, () => deadline.abort());
    try {
      const signal = AbortSignal.any([deadline.signal, this.stop.signal]);
      await this.connection?.send({ from, to, ...words, messageId, attachments }, { signal });
    } finally {
      cancel();
    }
  }

  /** The code alone: errors of mail servers quote addresses. */
  private report(error: unknown): void {
    const { code, details } = error instanceof AppError ? error : new AppError('INTERNAL', 'unexpected');
    this.log.warn(`a mail was not sent: ${[code, details.upstreamCode].filter(Boolean).join(' ')}`);
  }
}
