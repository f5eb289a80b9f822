// SAP's OData: contracts, instalment plans and invoices of one account, at once, in the session of a technical user.
import { amount, amountIn, decimal, idOf } from './shapes.mjs';
import { basic, call, callWell } from './upstream.mjs';

const { ENERGY_SAP_URL: URL_OF_SAP, ENERGY_SAP_USER: USER, ENERGY_SAP_PASSWORD: PASSWORD } = process.env;
const SERVICES = '/sap/opu/odata/sap';
const COMMODITIES = { '01': 'POWER', '02': 'GAS', '03': 'WATER', '07': 'DISTRICT_HEATING' };
const OPEN_END = '9999-12-31';

let session;

async function signIn() {
  const headers = { accept: 'application/json', authorization: basic(USER, PASSWORD), 'x-csrf-token': 'Fetch' };
  const answer = await callWell(URL_OF_SAP, { path: `${SERVICES}/ERP_UTILITIES_UMC/`, headers });
  return [answer.headers['set-cookie']]
    .flat()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
}

async function rows(path) {
  session ??= signIn();
  const cookie = await session;
  const answer = await call(URL_OF_SAP, {
    path: `${SERVICES}/${path}`,
    headers: { accept: 'application/json', cookie },
  });
  if (answer.status !== 200 || !String(answer.headers['content-type']).includes('json')) {
    session = undefined;
    throw new Error(`SAP answered ${answer.status}`);
  }
  return JSON.parse(answer.text).d.results;
}

export async function energyOf(account, today) {
  const at = (service, rest) => `${service}_UTILITIES_UMC/Accounts('${account}')/${rest}`;
  const [items, accounts, invoices] = await Promise.all([
    rows(at('CRM', 'ContractItems?$expand=Premise/PointOfDeliveries,Product')),
    rows(at('ERP', 'ContractAccounts?$expand=Contracts/ActiveBudgetBillingPlan/BudgetBillingCycle')),
    rows(at('ERP', 'Invoices')),
  ]);
  const plans = new Map(
    accounts.flatMap(({ Contracts }) =>
      Contracts.results.flatMap(({ ContractID, HistoricFlag, ActiveBudgetBillingPlan: plan }) =>
        plan && !HistoricFlag ? [[ContractID, plan]] : [],
      ),
    ),
  );
  return {
    id: idOf('EnergyCustomer', account),
    contracts: items.map((item) => contractOf(item, plans.get(item.ContractID), invoices, today)),
  };
}

function contractOf(item, plan, invoices, today) {
  const commodity = COMMODITIES[item.DivisionID] ?? 'OTHER';
  const until = dayOf(item.ContractEndDate);
  return {
    id: idOf('EnergyContract', item.ContractID),
    number: item.ContractID,
    product: item.Product?.Description || item.ProductID,
    commodity,
    from: dayOf(item.ContractStartDate),
    until: until === OPEN_END ? null : until,
    supplyPoint: supplyPointOf(item, commodity),
    source: { subsidiary: 'ENERGY', system: 'sap-umc', stale: false },
    instalment: plan === undefined ? null : instalmentOf(plan),
    invoices: invoicesOf(item, commodity, invoices, today),
  };
}

function supplyPointOf({ Premise: premise, PointOfDeliveryGUID: key }, commodity) {
  if (!premise) return null;
  const { Street, HouseNo, HouseSupplement, PostalCode, City } = premise.AddressInfo;
  const houseNumber = [HouseNo, HouseSupplement].filter(Boolean).join(' ');
  const point = premise.PointOfDeliveries.results.find(({ PointOfDeliveryID }) => PointOfDeliveryID === key);
  const external = commodity === 'POWER' || commodity === 'GAS' ? point?.ExternalID : undefined;
  return {
    address: { street: Street, houseNumber, postcode: PostalCode, city: City },
    marketLocation: external?.length === 11 ? external : null,
    meteringLocation: external?.length === 33 ? external : null,
  };
}

function instalmentOf({ Amount, Currency, LowerLimitAmount, UpperLimitAmount, BudgetBillingCycle }) {
  return {
    amount: amountIn(Amount, Currency),
    minimum: amount(LowerLimitAmount),
    maximum: amount(UpperLimitAmount),
    cycle: BudgetBillingCycle?.Description || null,
    source: { system: 'sap-umc' },
  };
}

/** Open ones of the contract's account that it may be billed by, newest first. */
function invoicesOf({ BusinessAgreementID, ContractStartDate }, commodity, invoices, today) {
  const began = dayOf(ContractStartDate);
  const open = invoices
    .filter(({ ContractAccountID, Division, AmountRemaining, InvoiceDate }) => {
      const fits = !Division || Division === '00' || (COMMODITIES[Division] ?? 'OTHER') === commodity;
      return (
        ContractAccountID === BusinessAgreementID &&
        fits &&
        Number(AmountRemaining) !== 0 &&
        dayOf(InvoiceDate) >= began
      );
    })
    .map((row) => ({ row, place: `${dayOf(row.InvoiceDate)}/${row.InvoiceID}` }))
    .toSorted((left, right) => (left.place < right.place ? 1 : -1));
  const page = open.slice(0, 12);
  return {
    totalCount: open.length,
    pageInfo: {
      hasNextPage: open.length > page.length,
      endCursor: page.length === 0 ? null : idOf('InvoiceCursor', page.at(-1).place),
    },
    nodes: page.map(({ row }) => ({
      id: idOf('Invoice', row.InvoiceID),
      number: row.InvoiceID,
      date: dayOf(row.InvoiceDate),
      due: dayOf(row.DueDate),
      overdue: !decimal(row.AmountRemaining).startsWith('-') && dayOf(row.DueDate) < today,
      amount: amount(row.AmountDue),
      open: amount(row.AmountRemaining),
    })),
  };
}

/** `/Date(1496275200000)/`: midnight in UTC of a calendar day. */
function dayOf(text) {
  return new Date(Number(/\d+/.exec(text)[0])).toISOString().slice(0, 10);
}
