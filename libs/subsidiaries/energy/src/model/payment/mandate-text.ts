/** What customers read before they allow direct debits; a new wording gets a new version. */
export interface MandateText {
  readonly version: string;
  readonly text: string;
}

/**
 * The SEPA core mandate in the wording of the German banking industry (Deutsche Kreditwirtschaft), with the creditor
 * identifier. SAP keeps no reference of the mandate here, so it is told with the first debit.
 */
export function mandateText(creditorId: string): MandateText {
  return {
    version: '2026-06',
    text:
      `SEPA-Lastschriftmandat. Stadtwerke Energie, Gläubiger-Identifikationsnummer ${creditorId}; die Mandatsreferenz ` +
      'wird separat mitgeteilt. Ich ermächtige die Stadtwerke Energie, Zahlungen von meinem Konto mittels Lastschrift ' +
      'einzuziehen. Zugleich weise ich mein Kreditinstitut an, die von den Stadtwerken Energie auf mein Konto gezogenen ' +
      'Lastschriften einzulösen. Hinweis: Ich kann innerhalb von acht Wochen, beginnend mit dem Belastungsdatum, die ' +
      'Erstattung des belasteten Betrages verlangen. Es gelten dabei die mit meinem Kreditinstitut vereinbarten ' +
      'Bedingungen.',
  };
}
