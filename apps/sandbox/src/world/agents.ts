/** Someone at the counter of one subsidiary. Agents are customers of nobody here and have no household. */
export interface Agent {
  /** `sub` at the identity provider, e.g. `agent-energy-service`. */
  readonly key: string;
  readonly password: string;
  readonly name: string;
  /** One German sentence: who they are and what they are good for in a test. */
  readonly description: string;
  /** The subsidiary they work for, by the key that the gateway uses for it. */
  readonly subsidiary: 'ENERGY' | 'HOUSING' | 'TRANSIT' | 'POOLS';
  readonly role: 'service' | 'sales';
}

/** The agents by name; nobody of them lives. */
export const AGENTS: readonly Agent[] = [
  agent('ENERGY', 'service', 'Birgit Wunderlich', 'Kundendienst der Energie: Abschläge, Zählerstände, Rechnungen.'),
  agent('ENERGY', 'sales', 'Torsten Rößger', 'Vertrieb der Energie; sieht nie Daten des Netzes.'),
  agent('HOUSING', 'service', 'Cornelia Hübschmann', 'Mieterbetreuung: Verträge und Schäden.'),
  agent('HOUSING', 'sales', 'Falk Zänker', 'Vermietung: freie Wohnungen und Besichtigungen.'),
  agent('TRANSIT', 'service', 'Yvonne Schlegelmilch', 'Servicecenter des Nahverkehrs: Abos und Fahrausweise.'),
  agent('TRANSIT', 'sales', 'Murat Yıldız', 'Verkauf von Abos des Nahverkehrs.'),
  agent('POOLS', 'service', 'Änne Töpfer', 'Kasse der Bäder: Geldwertkarten und Guthaben.'),
  agent('POOLS', 'sales', 'Ronny Ließke', 'Verkauf von Kursen und Karten der Bäder.'),
];

function agent(subsidiary: Agent['subsidiary'], role: Agent['role'], name: string, description: string): Agent {
  const key = `agent-${subsidiary.toLowerCase()}-${role}`;
  return { key, password: `saaltor-${key}`, name, description, subsidiary, role };
}
