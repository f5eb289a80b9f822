export { type Count, type DeskEntry, type DeskFilter, type Pause } from './desk/desk-lists.js';
export { type DeskDetail, type DeskJournalEntry, type PersonalDetail } from './desk/desk-detail.js';
export { OperatorDesk, type Operator } from './desk/operator-desk.js';
export { PROCESS_STEPS, STEP_CHANNEL, type ProcessStep, type StepNotice } from './engine/steps.js';
export { CommandRegistry } from './engine/command-registry.js';
export { type Flow, type FlowStep, type FinishedStep, type PlannedCommand } from './model/flow.js';
export { PROCESS_STATES, type ProcessState } from './model/process-state.js';
export {
  type PendingInput,
  type ProcessView,
  type ReceiptView,
  type StepView,
  type Title,
} from './model/process-view.js';
export { type ProcessesPlan } from './processes-plan.js';
export { ProcessesModule } from './processes.module.js';
export { ProcessesSettings } from './processes.settings.js';
export { MailSettings } from './receipts/mail.settings.js';
export { type ReceiptFacts } from './receipts/receipt.js';
export { ReceiptSigner } from './receipts/receipt-signer.js';
export { verifyReceipt } from './receipts/verify-receipt.js';
export { CommandService, type CommandOrder } from './submit/command-service.js';
export { type CustomersProcess } from './submit/customer-changes.js';
export { type SeenProcess } from './submit/sight.js';
export { processesMigrations } from './tables/migrations.js';
