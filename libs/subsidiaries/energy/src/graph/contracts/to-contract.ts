import type { Customer } from '#lib/customer';
import { toGlobalId, type Source } from '#lib/kernel';
import type { EnergyContract } from '../../model/contracts/energy-contract.js';
import type { EnergyContractType } from './energy-contract.type.js';

/** A contract as the graph shows it. */
export function toContract(contract: EnergyContract, customer: Customer, source: Source): EnergyContractType {
  const { number, product, commodity, from, until, supplyPoint } = contract;
  const id = toGlobalId('EnergyContract', number);
  return { id, number, product, commodity, from, until, supplyPoint, source, contract, customer };
}
