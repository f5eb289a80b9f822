import type { Money } from '#lib/kernel';
import type { Purpose } from '../consent/purpose.js';

/** Kinds of data, as the record of processing activities groups them (Art. 30 GDPR). */
export type DataCategory = 'IDENTITY' | 'ADDRESS' | 'CONTRACT' | 'BILLING' | 'CONSUMPTION' | 'MOBILITY' | 'LEISURE';

/**
 * Purposes for which a property can reach another subsidiary. The joint portal shows people their own data and needs no
 * label for it; an entitlement check is answered with yes or no and discloses no property.
 */
export type LabelPurpose = Extract<Purpose, 'COUNTER_ADVICE' | 'MARKETING'>;

/** What a property of a model is, and what else than the contract itself it may be used for. */
export interface Label {
  readonly category: DataCategory;
  /** Purposes for which another subsidiary may use it once the customer has consented. */
  readonly purposes: readonly LabelPurpose[];
  /** Data of the network operator: they never reach a sales role (§ 6a EnWG). */
  readonly grid: boolean;
  /**
   * For data of the grid: the scope by which customers hand exactly these to a partner, e.g. `energy.readings:read`.
   * Without one no partner gets them.
   */
  readonly grantedBy?: string;
}

/** Labels of a model at run time: one for each leaf. */
export type LabelTree = Label | { readonly [property: string]: LabelTree };

/**
 * A label for every property of a model, those of nested objects, of every member of a union and of the elements of
 * lists included; an amount of money is one property. A property without a label does not compile, nor does a label
 * without its property, nor a model that does not spell its properties out (`unknown`, `object`, an index signature).
 */
export type Labels<T> = LabelsOf<NonNullable<T>>;

type LabelsOf<V> = [V] extends [string | number | boolean | Money]
  ? Label
  : [V] extends [readonly (infer Element)[]]
    ? LabelsOf<NonNullable<Element>>
    : [PropertyOf<V>] extends [never]
      ? never
      : string extends PropertyOf<V>
        ? never
        : { readonly [Property in PropertyOf<V>]: LabelsOf<NonNullable<ValueOf<V, Property>>> };

/** Properties of any member of the union. */
type PropertyOf<V> = V extends unknown ? keyof V : never;

type ValueOf<V, Property extends PropertyKey> = V extends unknown
  ? Property extends keyof V
    ? V[Property]
    : never
  : never;
