import { odataKey } from '#lib/formats';
import type { CalendarDate, DecimalText } from '#lib/kernel';
import type { HttpRequest } from '#lib/upstream';
import { CONTRACT_SALES, MOVE_OUT } from './supply.wire.js';
import { CRM } from '../umc.wire.js';

/** The end of a contract. */
export interface EndOrder {
  readonly contract: string;
  /** Last day of supply. */
  readonly until: CalendarDate;
}

/** A new contract for one place. */
export interface SaleOrder {
  readonly account: string;
  /** Contract account (business agreement) that it is billed through. */
  readonly contractAccount: string;
  readonly pointOfDelivery: string;
  /** 01 power or 02 gas. */
  readonly division: string;
  readonly product: string;
  readonly from: CalendarDate;
  readonly readings: readonly {
    readonly meterNumber: string;
    readonly register: string;
    readonly value: DecimalText;
  }[];
}

const HEADERS = { accept: 'application/json', 'accept-language': 'de', 'content-type': 'application/json' };
/** Who sells, in SAP's statistics. */
const CONSUMER = 'SAALTOR';
/** Sales process of a move-in: this house's customising, beside SAP's HOMEM for a move. */
const MOVE_IN = 'MOVEI';
/** Reading reason move-in, category read by the customer (domain.md section 1). */
const REASON = '06';
const CATEGORY = '02';
const POWER = '01';

/** A function import that changes something: its parameters stand in the address, the body is empty. */
export function endRequest({ contract, until }: EndOrder): HttpRequest {
  const day = `datetime'${encodeURIComponent(`${until}T00:00:00`)}'`;
  const path = `${CRM}/${MOVE_OUT}?ContractID=${odataKey(contract)}&MoveOutDate=${day}`;
  return { method: 'POST', path, headers: HEADERS, body: '' };
}

/** One deep insert: the head with the product, one detail for the place, the readings below it. */
export function saleRequest(order: SaleOrder): HttpRequest {
  const { account, contractAccount, pointOfDelivery, division, product, from, readings } = order;
  const isPower = division === POWER;
  const body = {
    AccountID: account,
    ContractStartDate: odataDay(from),
    CheckModeOnly: false,
    ConsumerID: CONSUMER,
    ProductProposalResult: {
      BundleID: '',
      ElecProductID: isPower ? product : '',
      GasProductID: isPower ? '' : product,
      ElecDiscountID: '0000',
      GasDiscountID: '0000',
    },
    SaleDetails: [
      {
        ContractID: '',
        DivisionID: division,
        BusinessAgreementID: contractAccount,
        PointOfDeliveryGUID: pointOfDelivery,
        SalesProcessTypeID: MOVE_IN,
        NewConnection: false,
        MeterReadings: readings.map(({ meterNumber, register, value }) => ({
          DivisionID: division,
          ContractID: '',
          SerialNumber: meterNumber,
          RegisterID: register,
          ReadingDateTime: odataDay(from),
          ReadingResult: value,
          MeterReadingReasonID: REASON,
          MeterReadingCategoryID: CATEGORY,
          ReadingUnit: '',
        })),
      },
    ],
  };
  return { method: 'POST', path: `${CRM}/${CONTRACT_SALES}`, headers: HEADERS, body: JSON.stringify(body) };
}

/** A calendar date as OData v2 writes it in JSON: UTC midnight, which SAP reads as a day without a zone. */
function odataDay(date: CalendarDate): string {
  return `/Date(${Date.parse(`${date}T00:00:00Z`)})/`;
}
