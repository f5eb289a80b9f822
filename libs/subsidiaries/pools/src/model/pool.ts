/** One of the company's pools. */
export interface Pool {
  /** Key in global ids; never changes. */
  readonly key: string;
  readonly name: string;
  /** Its organisation unit in the gate counter system TICOS. */
  readonly organizationUnitId: number;
  /** Name of its calendar of opening hours. */
  readonly calendar: string;
}

/** The pools of Jenaer Bädergesellschaft. No legacy system lists them, so they are known here. */
export const POOLS: readonly Pool[] = [
  { key: 'galaxsea', name: 'GalaxSea', organizationUnitId: 30201, calendar: 'galaxsea' },
  { key: 'ostbad', name: 'Ostbad', organizationUnitId: 30202, calendar: 'ostbad' },
  { key: 'suedbad', name: 'Südbad', organizationUnitId: 30203, calendar: 'suedbad' },
];
