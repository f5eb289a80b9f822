import { Injectable } from '@nestjs/common';
import { odataKey } from '#lib/formats';
import type { Loaded } from '#lib/kernel';
import type { UpstreamCall } from '#lib/upstream';
import type { HeldBankAccount, PaymentAgreement } from '../../model/payment/bank-change.js';
import type { PaymentDocument } from '../../model/payment/payment-wish.js';
import { BANK_ACCOUNTS, BUSINESS_AGREEMENTS, PAYMENTS } from './money.wire.js';
import { readAgreement, readHeldBankAccount, readPayment } from './read-money.js';
import { SapGateway } from '../sap/sap-gateway.js';
import { CRM, ERP } from '../umc.wire.js';
import type { Written } from '../sap/write-answer.js';
import {
  changedBankAccountRequest,
  directDebitWrite,
  newBankAccountRequest,
  paymentRequest,
  type BankAccountOrder,
  type PaymentOrder,
} from './write-money.js';

/** Bank accounts and how they are used. What writes has an effect: only inside `Upstream.write`. */
@Injectable()
export class MoneyBackend {
  constructor(private readonly sap: SapGateway) {}

  listHeldBankAccounts(account: string, call: UpstreamCall): Promise<Loaded<readonly HeldBankAccount[]>> {
    return this.sap.readSet(`${ERP}/Accounts(${odataKey(account)})/${BANK_ACCOUNTS}`, call, (row, path) =>
      readHeldBankAccount(row, path, account),
    );
  }

  /** Terms of payment of all contract accounts. */
  listAgreements(account: string, call: UpstreamCall): Promise<Loaded<readonly PaymentAgreement[]>> {
    return this.sap.readSet(`${CRM}/Accounts(${odataKey(account)})/${BUSINESS_AGREEMENTS}`, call, (row, path) =>
      readAgreement(row, path, account),
    );
  }

  /** Payments by documents of their own; debit runs are none of them. */
  listPayments(account: string, call: UpstreamCall): Promise<Loaded<readonly PaymentDocument[]>> {
    return this.sap.readSet(`${ERP}/Accounts(${odataKey(account)})/${PAYMENTS}`, call, (row, path) =>
      readPayment(row, path, account),
    );
  }

  /** SAP enters the same IBAN a second time without a word. @throws AppError as `readWritten` */
  enterBankAccount(order: BankAccountOrder, call: UpstreamCall): Promise<Written> {
    return this.sap.write(newBankAccountRequest(order), call);
  }

  /** @throws AppError as `readWritten` */
  changeBankAccount(held: HeldBankAccount, order: BankAccountOrder, call: UpstreamCall): Promise<Written> {
    return this.sap.write(changedBankAccountRequest(held, order), call);
  }

  /** @throws AppError as `readWritten` */
  debitBankAccount(agreement: PaymentAgreement, bankAccount: string, call: UpstreamCall): Promise<Written> {
    return this.sap.writeTogether(CRM, [directDebitWrite(agreement, bankAccount)], call);
  }

  /** SAP takes a second payment of the same invoice. @throws AppError as `readWritten` */
  pay(order: PaymentOrder, call: UpstreamCall): Promise<Written> {
    return this.sap.write(paymentRequest(order), call);
  }
}
