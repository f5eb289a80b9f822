import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answered, type Bench, energyOf, startBench } from '../umc-test-client.js';
import { umcServices } from '../umc-services.js';
import type { Property, ServicePack } from './service-model.js';

const KEYS = ['lena', 'aylin', 'h-000123'];
const RESOURCES = [
  'ERP_UTILITIES_UMC/Accounts(@)?$expand=StandardAccountAddress,AccountAddressIndependentEmails,AccountTitle',
  'ERP_UTILITIES_UMC/Accounts(@)/ContractAccounts?$expand=ContractAccountBalance,Invoices/InvoicePDF',
  'ERP_UTILITIES_UMC/Accounts(@)/ContractAccounts?$expand=Contracts/Premise/PremiseType,Contracts/Division',
  'ERP_UTILITIES_UMC/Accounts(@)/ContractAccounts?$expand=Contracts/ActiveBudgetBillingPlan/BudgetBillingCycle',
  'ERP_UTILITIES_UMC/Accounts(@)/ContractAccounts?$expand=Contracts/Devices/RegistersToRead/MeterReadingReason',
  'ERP_UTILITIES_UMC/Accounts(@)/ContractAccounts?$expand=Contracts/Devices/MeterReadingResults/MeterReadingCategory',
  'ERP_UTILITIES_UMC/Accounts(@)/ContractAccounts?$expand=Contracts/Devices/MeterReadingResults/MeterReadingReasons',
  'ERP_UTILITIES_UMC/Accounts(@)/ContractAccounts?$expand=Contracts/ContractConsumptionValues/MeterReadingCategory',
  'ERP_UTILITIES_UMC/Accounts(@)/ContractAccounts?$expand=Contracts/ProfileValues',
  'ERP_UTILITIES_UMC/Accounts(@)/ContractAccounts?$expand=Contracts/ActivePaymentPlan/BudgetBillingCycle',
  'ERP_UTILITIES_UMC/Accounts(@)/ContractAccounts?$expand=IncomingBankAccount,IncomingPaymentMethod',
  'ERP_UTILITIES_UMC/Accounts(@)/BankAccounts?$expand=Bank',
  'CRM_UTILITIES_UMC/Accounts(@)/BankAccounts?$expand=Bank',
  'CRM_UTILITIES_UMC/Accounts(@)/ContractItems?$expand=ContractItemTimeSlices/Product',
  'CRM_UTILITIES_UMC/Accounts(@)/BusinessAgreements?$expand=IncomingBankAccount',
  'CRM_UTILITIES_UMC/Accounts(@)?$expand=StandardAccountAddress,AccountAddressIndependentPhones,BusinessAgreements',
  'CRM_UTILITIES_UMC/Accounts(@)/ContractItems?$expand=Premise/PointOfDeliveries,Division,Product,BusinessAgreement',
];
const DATE = /^\/Date\(-?\d+\)\/$/;

describe.each(['newer', 'older'] as const)('what the %s service pack sends', (servicePack) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench(servicePack);
  });
  afterAll(() => bench.close());

  it.each(KEYS)('has exactly the names, and the types and lengths, of the model for %s', async (key) => {
    const { energy } = energyOf(bench.city, key);
    const faults: string[] = [];
    let seen = 0;
    for (const resource of RESOURCES) {
      const { status, body } = await bench.json(resource.replace('@', `'${energy.accountId}'`));
      expect(status).toBe(200);
      seen += checkAll(body['d'], servicePack, faults);
    }
    expect(faults).toEqual([]);
    expect(seen).toBeGreaterThan(30);
  });
});

/** Looks at each entity and complex value inside, and returns how many it saw. */
function checkAll(value: unknown, servicePack: ServicePack, faults: string[]): number {
  if (typeof value !== 'object' || value === null) return 0;
  const type = (value as Record<string, { type?: string }>)['__metadata']?.type;
  if (type !== undefined) faults.push(...faultsOf(value as Answered, type, servicePack));
  const inside = Object.values(value).reduce<number>((sum, one) => sum + checkAll(one, servicePack, faults), 0);
  return inside + (type === undefined ? 0 : 1);
}

function faultsOf(sent: Answered, qualified: string, servicePack: ServicePack): string[] {
  const [service = '', name = ''] = qualified.split('.');
  const type = umcServices(servicePack).get(service)?.types.get(name);
  if (type === undefined) return [`${qualified} is not in the model`];
  const expected = ['__metadata', ...type.properties.keys(), ...type.navigations.keys()];
  const names =
    Object.keys(sent).join(' ') === expected.join(' ') ? [] : [`${qualified}: ${Object.keys(sent).join(' ')}`];
  const values = [...type.properties.values()].filter((property) => !fits(sent[property.name], property));
  return [...names, ...values.map((property) => `${qualified}.${property.name}`)];
}

function fits(value: unknown, { type, nullable, maxLength, scale }: Property): boolean {
  if (value === null) return nullable;
  if (typeof type !== 'string') return typeof value === 'object';
  if (type === 'Edm.Boolean') return typeof value === 'boolean';
  if (typeof value !== 'string') return false;
  if (type === 'Edm.DateTime') return DATE.test(value);
  if (type === 'Edm.Decimal') return new RegExp(`^-?\\d+\\.\\d{${scale}}$`).test(value);
  return value.length <= (maxLength ?? 100);
}
