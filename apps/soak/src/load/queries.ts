/** What a front end asks for first. */
export const DASHBOARD = `query Dashboard {
  me {
    name
    subsidiaries { subsidiary access message }
    energy {
      contracts {
        number product commodity
        supplyPoint { address { street houseNumber city } marketLocation }
        instalment { amount { amount currency } }
        invoices(open: true) { nodes { number due open { amount } } }
      }
    }
    housing { leases { address grossRent { amount } } }
    transit { fareSubscriptions { product state } tickets { product validUntil } }
    pools { cards { number balance { amount } } }
  }
}`;

/** What needs no legacy system. */
export const NAME = `{ viewer { kind } me { name } }`;

const OUTCOME = `__typename ... on Process { id state } ... on Refusal { code }`;

export const TOP_UP = `mutation ($key: String!, $cardId: ID!, $amount: Decimal!) {
  outcome: topUpCard(key: $key, cardId: $cardId, amount: $amount) { ${OUTCOME} } }`;

export const REPORT_REPAIR = `mutation ($key: String!, $leaseId: ID!, $roomType: RoomType!, $description: String!) {
  outcome: reportRepair(key: $key, leaseId: $leaseId, roomType: $roomType, description: $description) { ${OUTCOME} } }`;
