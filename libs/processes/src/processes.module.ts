import { Module, type DynamicModule } from '@nestjs/common';
import { OperatorDesk } from './desk/operator-desk.js';
import { CommandRegistry } from './engine/command-registry.js';
import { ProcessWorker } from './engine/process-worker.js';
import { PROCESSES_PLAN, type ProcessesPlan } from './processes-plan.js';
import { ReceiptMail } from './receipts/receipt-mail.js';
import { ReceiptPost } from './receipts/receipt-post.js';
import { ReceiptSigner } from './receipts/receipt-signer.js';
import { CommandService } from './submit/command-service.js';
import { PublicDeclarations } from './submit/public-declarations.js';

/**
 * Durable commands, everywhere in the program. Needs CLOCK, Store (with `processesMigrations` after
 * `customerMigrations`), Upstream, Coherence, CustomerAccess, AccessRecord, ProcessesSettings and MailSettings.
 */
@Module({})
export class ProcessesModule {
  static of(plan: ProcessesPlan): DynamicModule {
    return {
      module: ProcessesModule,
      global: true,
      providers: [
        { provide: PROCESSES_PLAN, useValue: plan },
        CommandRegistry,
        CommandService,
        OperatorDesk,
        ProcessWorker,
        ReceiptMail,
        ReceiptPost,
        ReceiptSigner,
        PublicDeclarations,
      ],
      exports: [CommandRegistry, CommandService, OperatorDesk, PublicDeclarations, ReceiptMail, ReceiptSigner],
    };
  }
}
