import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Customer } from '#lib/customer';
import { toGlobalId, type CalendarDate, type Source } from '#lib/kernel';
import { DateScalar, MoneyType, NodeType, SourcedType, SourceType } from '#lib/graph';
import { FARE_MEDIA, PRICE_INTERVALS, SUBSCRIPTION_STATES, type FareSubscription } from '../model/fare-subscription.js';

/** An enum whose values are their own names, open for values that are not known yet. */
function openEnum<T extends string>(values: readonly T[]): Record<T | 'OTHER', T | 'OTHER'> {
  return Object.fromEntries([...values, 'OTHER'].map((value) => [value, value])) as Record<T | 'OTHER', T | 'OTHER'>;
}

const StateEnum = openEnum(SUBSCRIPTION_STATES);
registerEnumType(StateEnum, {
  name: 'FareSubscriptionState',
  description: 'Zustand eines Abos.',
  valuesMap: {
    ACTIVE: { description: 'läuft' },
    PAUSED: { description: 'ruht' },
    CANCELLED: { description: 'gekündigt' },
    OTHER: { description: 'ein Zustand, den der Saaltor noch nicht kennt' },
  },
});

const IntervalEnum = openEnum(PRICE_INTERVALS);
registerEnumType(IntervalEnum, {
  name: 'PriceInterval',
  description: 'Zeitraum, für den ein Preis gilt.',
  valuesMap: { MONTH: { description: 'je Monat' }, OTHER: { description: 'ein anderer Zeitraum' } },
});

const MediumEnum = openEnum(FARE_MEDIA);
registerEnumType(MediumEnum, {
  name: 'FareMedium',
  description: 'Trägermedium des Fahrausweises.',
  valuesMap: {
    APP: { description: 'Handy-Ticket in der App' },
    CHIPCARD: { description: 'Chipkarte' },
    OTHER: { description: 'ein anderes Medium' },
  },
});

@ObjectType('FareSubscription', {
  implements: () => [NodeType, SourcedType],
  description: 'Abonnement (Abo) für Bus und Bahn.',
})
export class FareSubscriptionType implements NodeType, SourcedType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'Abonummer.' })
  number: string;

  @Field(() => String, { description: 'Tarifprodukt, z. B. Deutschlandticket.' })
  product: string;

  @Field(() => StateEnum, { description: 'Zustand des Abos.' })
  state: FareSubscription['state'];

  @Field(() => DateScalar, { description: 'Erster Tag.' })
  from: CalendarDate;

  @Field(() => DateScalar, { nullable: true, description: 'Letzter Tag; null, solange kein Ende feststeht.' })
  until: CalendarDate | null;

  @Field(() => MoneyType, { description: 'Preis je Zeitraum.' })
  price: MoneyType;

  @Field(() => IntervalEnum, { description: 'Zeitraum, für den der Preis gilt.' })
  interval: FareSubscription['interval'];

  @Field(() => MediumEnum, { description: 'Trägermedium.' })
  medium: FareSubscription['medium'];

  @Field(() => String, {
    nullable: true,
    description: 'Nummer der Chipkarte; nur die letzten vier Zeichen sind lesbar.',
  })
  chipCardNumber: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Letzter Tag, an dem eine Kündigung noch zum nächstmöglichen Termin wirkt (Kündigungsfrist).',
  })
  cancellableUntil: CalendarDate | null;

  @Field(() => SourceType)
  source: SourceType;

  /** Not in the schema: whose it is. */
  customer: Customer;
}

export function toFareSubscriptionType(
  subscription: FareSubscription,
  customer: Customer,
  source: Source,
): FareSubscriptionType {
  const { maskedCardNumber, tickets: _tickets, ...fields } = subscription;
  return {
    ...fields,
    id: toGlobalId('FareSubscription', subscription.number),
    chipCardNumber: maskedCardNumber,
    source,
    customer,
  };
}
