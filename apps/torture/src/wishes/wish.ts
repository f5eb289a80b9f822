/** The commands of the four subsidiaries, and how each avoids a second effect. */
export const DEDUPES = {
  'energy.submit-readings': 'naturalKey',
  'energy.change-instalment': 'naturalKey',
  'energy.pay-open-items': 'naturalKey',
  'energy.give-notice': 'naturalKey',
  'housing.report-repair': 'key',
  'transit.pause-subscription': 'key',
  'pools.top-up-card': 'none',
} as const satisfies Record<string, 'key' | 'naturalKey' | 'none'>;

export type CommandKind = keyof typeof DEDUPES;

export const COMMAND_KINDS = Object.keys(DEDUPES) as readonly CommandKind[];

/** One command that somebody submits, perhaps several times under its key. */
export interface Wish {
  /** The client's own, made before the first try. */
  readonly key: string;
  /** Key of the household at the sandbox. */
  readonly household: string;
  readonly kind: CommandKind;
  /** Variables of its mutation, without the key. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** What it leaves in the books when it is carried out (`readBooks`); no two wishes of a run leave the same. */
  readonly effects: readonly string[];
}
