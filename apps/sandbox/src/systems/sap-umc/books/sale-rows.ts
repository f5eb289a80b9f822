import { midnight } from './dates.js';
import { contractSaleGuidOf } from './derived-numbers.js';
import type { Row } from './row.js';
import type { BookedSale } from './supply-entries.js';

const NO_GUID = '00000000-0000-0000-0000-000000000000';

/** Orders as SAP shows them after a deep insert: the head, one detail, the readings below it. */
export function saleRows(sales: readonly BookedSale[]): Record<string, readonly Row[]> {
  return {
    ContractSale: sales.map((sale) => ({
      SalesOrderID: '',
      ContractHeaderGUID: contractSaleGuidOf(sale.contractId),
      AccountID: sale.accountId,
      ContractStartDate: midnight(sale.from),
      CheckModeOnly: false,
      ConsumerID: 'SAALTOR',
      MoveOutDate: null,
    })),
    ContractSaleDetail: sales.map((sale) => ({
      ContractHeaderGUID: NO_GUID,
      ContractID: sale.contractId,
      DivisionID: sale.division,
      BusinessAgreementID: sale.contractAccountId,
      PointOfDeliveryGUID: sale.pointOfDeliveryId,
      SEPAFlag: false,
      SmartConsentStatusID: '000',
      SalesProcessTypeID: 'MOVEI',
      SalesProcessType: 'Move-In',
      NewConnection: false,
      // What the head leads to its detail by; SAP shows zeros in the detail's own GUID.
      Head: contractSaleGuidOf(sale.contractId),
    })),
  };
}
