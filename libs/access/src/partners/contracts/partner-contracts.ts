import type { PartnerContract, PartnerScopes } from './partner-contract.js';

/** All contracts with partners, as they stood when the program started. */
export class PartnerContracts {
  private readonly byClient: ReadonlyMap<string, PartnerContract>;

  constructor(
    readonly list: readonly PartnerContract[],
    readonly scopes: PartnerScopes,
  ) {
    this.byClient = new Map(list.map((contract) => [contract.clientId, contract]));
  }

  /** @returns undefined for a partner whose contract has ended or never was */
  find(clientId: string): PartnerContract | undefined {
    return this.byClient.get(clientId);
  }

  /** Those of the scopes that customers grant, of which the contract allows the rest to be asked for. */
  grantable(clientId: string): readonly string[] {
    const { granted } = this.scopes;
    return this.find(clientId)?.scopes.filter((scope) => Object.hasOwn(granted, scope)) ?? [];
  }

  /** Those of the scopes that the partner has by its contract alone. */
  own(clientId: string): readonly string[] {
    const { own } = this.scopes;
    return this.find(clientId)?.scopes.filter((scope) => Object.hasOwn(own, scope)) ?? [];
  }

  /** The German sentence of a scope; the scope itself where the house no longer knows it. */
  sentence(scope: string): string {
    const { own, granted } = this.scopes;
    return granted[scope] ?? own[scope] ?? scope;
  }
}
