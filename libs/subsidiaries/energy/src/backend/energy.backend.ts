import { Inject, Injectable } from '@nestjs/common';
import { odataKey, readODataPage, readRows } from '#lib/formats';
import { CLOCK, type Clock, type Loaded, type Omission } from '#lib/kernel';
import { Upstream, type UpstreamCall } from '#lib/upstream';
import { EnergySettings } from '../energy.settings.js';
import type { EnergyContract } from '../model/energy-contract.js';
import type { Instalment } from '../model/instalment.js';
import type { Invoice } from '../model/invoice.js';
import { documentOf } from './gateway-answer.js';
import { readContract } from './read-contract.js';
import { readInstalments } from './read-instalments.js';
import { readInvoice } from './read-invoice.js';
import { SapSession } from './sap-session.js';
import { CONTRACT_ACCOUNTS, CONTRACT_ITEMS, CRM, ERP, INVOICES } from './umc.wire.js';

/** Pages followed of one set; no customer has more, and an answer that always names a next page ends. */
const MOST_PAGES = 10;

/** SAP Multichannel Foundation for Utilities. One method per legacy operation; `account` is the business partner. */
@Injectable()
export class EnergyBackend {
  private readonly session: SapSession;

  constructor(settings: EnergySettings, upstream: Upstream, @Inject(CLOCK) clock: Clock) {
    const connection = upstream.connect({ name: 'sap-umc', baseUrl: settings.url });
    this.session = new SapSession(connection, settings, clock);
  }

  listContracts(account: string, call: UpstreamCall): Promise<Loaded<readonly EnergyContract[]>> {
    return this.readSet(`${accountPath(CRM, account)}/${CONTRACT_ITEMS}`, call, (row, path, omit) =>
      readContract(row, path, account, omit),
    );
  }

  async listInstalments(account: string, call: UpstreamCall): Promise<Loaded<readonly Instalment[]>> {
    const path = `${accountPath(ERP, account)}/${CONTRACT_ACCOUNTS}`;
    const read = await this.readSet(path, call, (row, rowPath, omit) => readInstalments(row, rowPath, account, omit));
    return { ...read, value: read.value.flat() };
  }

  listInvoices(account: string, call: UpstreamCall): Promise<Loaded<readonly Invoice[]>> {
    return this.readSet(`${accountPath(ERP, account)}/${INVOICES}`, call, (row, path) =>
      readInvoice(row, path, account),
    );
  }

  private async readSet<T>(
    path: string,
    call: UpstreamCall,
    readRow: (row: unknown, path: string, omit: (omission: Omission) => void) => T,
  ): Promise<{ value: T[]; omissions: Omission[] }> {
    const value: T[] = [];
    const omissions: Omission[] = [];
    const omit = (omission: Omission): void => void omissions.push(omission);
    let next: string | null = path;
    for (let pages = 0; next !== null && pages < MOST_PAGES; pages += 1) {
      const page = readODataPage(documentOf(await this.session.send(get(next), call)));
      const read = readRows(page.rows, page.path, (row, rowPath) => readRow(row, rowPath, omit));
      value.push(...read.value);
      read.omissions.forEach(omit);
      next = page.skipToken === null ? null : withSkipToken(path, page.skipToken);
    }
    if (next !== null) omit({ path: 'd.__next', reason: `goes on after ${MOST_PAGES} pages` });
    return { value, omissions };
  }
}

function accountPath(service: string, account: string): string {
  return `${service}/Accounts(${odataKey(account)})`;
}

function withSkipToken(path: string, token: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}$skiptoken=${encodeURIComponent(token)}`;
}

function get(path: string): { method: 'GET'; path: string; headers: Record<string, string> } {
  return { method: 'GET', path, headers: { accept: 'application/json', 'accept-language': 'de' } };
}
