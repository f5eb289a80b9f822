import type { EnergyContractBook, Household } from '../../world/household.js';
import type { World } from '../../world/world.js';
import { isRunning, midnight } from './books/dates.js';
import type { Cell, Row } from './books/row.js';
import type { Property, ServiceModel } from './model/service-model.js';
import { badRequest, SapError } from './sap-error.js';

/** A function import about one contract. */
export interface SapFunction {
  readonly name: string;
  readonly returns: string;
  readonly parameter: { readonly name: string; readonly maxLength: number };
  /** For those that change something: they are called by POST, with a day beside the contract. */
  readonly changesOn?: string;
  /** Whether it takes the number of a product, too. */
  readonly takesProduct?: boolean;
}

const FUNCTIONS: Readonly<Record<string, readonly SapFunction[]>> = {
  ERP_UTILITIES_UMC: [
    {
      name: 'GetCurrentBillingPeriod',
      returns: 'BillingPeriod',
      parameter: { name: 'ContractID', maxLength: 10 },
    },
  ],
  CRM_UTILITIES_UMC: [
    { name: 'CheckMoveOut', returns: 'BooleanResult', parameter: { name: 'ContractID', maxLength: 10 } },
    {
      name: 'MoveOut',
      returns: 'ContractItem',
      parameter: { name: 'ContractID', maxLength: 10 },
      changesOn: 'MoveOutDate',
    },
    {
      name: 'ChangeProduct',
      returns: 'ContractItem',
      parameter: { name: 'ContractID', maxLength: 10 },
      changesOn: 'ChangeProductDate',
      takesProduct: true,
    },
  ],
};

export function functionsOf(service: ServiceModel): readonly SapFunction[] {
  return FUNCTIONS[service.name] ?? [];
}

/** The function that a path names; undefined when it names something else. */
export function functionAt(service: ServiceModel, path: string): SapFunction | undefined {
  return functionsOf(service).find(({ name }) => name === path);
}

/**
 * The contract that a call is about: a text literal under the parameter's name.
 * @throws SapError 400 when it is missing or no text
 */
export function contractIn({ parameter, name }: SapFunction, query: string): string {
  const literal = new URLSearchParams(query).get(parameter.name);
  const text = literal === null ? undefined : /^'((?:[^']|'')*)'$/.exec(literal)?.[1]?.replaceAll("''", "'");
  if (text === undefined || text === '' || text.length > parameter.maxLength) {
    throw badRequest(`Funktion '${name}': Parameter '${parameter.name}' fehlt oder ist ungültig`);
  }
  return text;
}

/**
 * Calls a function that only reads. Billing goes by calendar years here, as the readings do; a contract that is not running has no
 * current period, which SAP shows by empty days.
 * @throws SapError for a contract that nobody has
 */
export function callFunction(
  world: World,
  called: SapFunction,
  household: Household | undefined,
  query: string,
): { readonly property: Property; readonly cell: Cell } {
  if (called.changesOn !== undefined) throw new SapError(405, '/IWFND/CM_CONSUMER/101', 'Methode nicht erlaubt');
  const contractId = contractIn(called, query);
  const contract = household?.energy?.contracts.find((one) => one.contractId === contractId);
  if (contract === undefined) throw new SapError(400, 'EL/209', `Vertrag ${contractId} kann nicht verarbeitet werden`);
  const property = { name: called.name, type: { complex: called.returns }, nullable: false };
  // What has no end yet can be ended.
  if (called.name === 'CheckMoveOut') return { property, cell: { Result: isOpen(contract) } };
  const today = world.today();
  const [newYear, newYearsEve] = [`${today.slice(0, 4)}-01-01`, `${today.slice(0, 4)}-12-31`];
  const until = contract.until ?? newYearsEve;
  const cell: Row = isRunning(contract, today)
    ? {
        StartDate: midnight(contract.from > newYear ? contract.from : newYear),
        EndDate: midnight(until < newYearsEve ? until : newYearsEve),
      }
    : { StartDate: null, EndDate: null };
  return { property, cell };
}

function isOpen({ until }: EnergyContractBook): boolean {
  return until === null || until === '9999-12-31';
}
