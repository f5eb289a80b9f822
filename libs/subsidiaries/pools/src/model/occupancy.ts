/** How full a pool is right now. */
export interface Occupancy {
  readonly organizationUnitId: number;
  /** Never negative. */
  readonly persons: number;
  /** Most persons allowed; `persons` may exceed it. */
  readonly capacity: number;
}
