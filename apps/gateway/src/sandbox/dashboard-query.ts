/** One question to all four subsidiaries: what GraphiQL opens with and what the start prints as curl line. */
export const DASHBOARD_QUERY = `query Dashboard {
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
}
`;
