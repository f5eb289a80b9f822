import { Injectable } from '@nestjs/common';
import { EnergySettings } from './energy.settings.js';
import { mandateText, type MandateText } from './model/payment/mandate-text.js';

/** What customers agree to before anything is debited. */
@Injectable()
export class DirectDebitMandate {
  constructor(private readonly settings: EnergySettings) {}

  /** Null where the house has no creditor identifier: then nobody can allow a direct debit. */
  get text(): MandateText | null {
    const { creditorId } = this.settings;
    return creditorId === undefined ? null : mandateText(creditorId);
  }
}
