import { Args, ArgsType, Field, Int, Query, registerEnumType, Resolver } from '@nestjs/graphql';
import { Allow } from '#lib/access';
import { DateScalar, DecimalScalar, Scope } from '#lib/graph';
import type { CalendarDate, DecimalText, RequestScope } from '#lib/kernel';
import type { Commodity } from '../../model/commodity.js';
import { publishOffer } from '../../model/tariffs/published-tariff.js';
import {
  CONSUMPTION_UNITS,
  DEFAULT_TARIFF_PAGE,
  DEFAULT_TARIFF_SORT,
  TARIFF_SORTS,
  type ConsumptionUnit,
  type TariffSort,
} from '../../model/tariffs/tariff-search.js';
import { TariffService } from '../../tariff.service.js';
import { CommodityEnum } from '../contracts/energy-contract.type.js';
import { TariffOfferConnectionType } from './tariff.type.js';

const named = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, name]));

const SortEnum = named(TARIFF_SORTS);
registerEnumType(SortEnum, {
  name: 'TariffSort',
  description: 'Reihenfolge der Angebote.',
  valuesMap: {
    YEAR_ASC: { description: 'Nach Jahrespreis ohne Bonus, günstigste zuerst' },
    YEAR_DESC: { description: 'Nach Jahrespreis ohne Bonus, teuerste zuerst' },
    FIRST_YEAR_ASC: { description: 'Nach dem ersten Jahr abzüglich der Boni, günstigste zuerst' },
    NAME_ASC: { description: 'Nach Name' },
  },
});

const UnitEnum = named(CONSUMPTION_UNITS);
registerEnumType(UnitEnum, {
  name: 'ConsumptionUnit',
  description: 'Einheit eines Verbrauchs.',
  valuesMap: { KWH: { description: 'Kilowattstunden' }, CUBIC_METRE: { description: 'Kubikmeter' } },
});

@ArgsType()
export class TariffsArgs {
  @Field(() => String, { description: 'Postleitzahl der Lieferstelle, fünf Ziffern.' })
  postcode: string;

  @Field(() => CommodityEnum, { description: 'Sparte.' })
  commodity: Commodity;

  @Field(() => DecimalScalar, {
    description: 'Verbrauch im Jahr, größer als 0, höchstens 999999, bis zu drei Dezimalen; kWh, bei Wasser m³.',
  })
  annualConsumption: DecimalText;

  @Field(() => UnitEnum, {
    nullable: true,
    description: 'Zur Sicherheit die Einheit; eine andere als die der Sparte wird abgelehnt.',
  })
  unit?: ConsumptionUnit | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Davon im Niedertarif, für Zähler mit zwei Zählwerken; ohne Angabe gibt es Tarife für eines.',
  })
  lowZoneConsumption?: DecimalText | null;

  @Field(() => DateScalar, { nullable: true, description: 'Lieferbeginn, höchstens 366 Tage voraus; sonst heute.' })
  from?: CalendarDate | null;

  @Field(() => SortEnum, { nullable: true, defaultValue: DEFAULT_TARIFF_SORT })
  sort?: TariffSort | null;

  @Field(() => Int, { nullable: true, defaultValue: DEFAULT_TARIFF_PAGE, description: '1 bis 100.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: '"endCursor" der vorigen Seite, in derselben Reihenfolge.' })
  after?: string | null;
}

/** What is for sale, for anyone. */
@Resolver()
export class TariffsResolver {
  constructor(private readonly service: TariffService) {}

  @Allow({ callers: 'anyone' })
  @Query(() => TariffOfferConnectionType, {
    description: 'Tarife der Stadtwerke Energie mit dem, was sie kosten; ohne Anmeldung.',
  })
  async tariffs(@Args() args: TariffsArgs, @Scope() scope: RequestScope): Promise<TariffOfferConnectionType> {
    const { value, source } = await this.service.search(scope, args);
    const { offers, totalCount, hasNextPage, endCursor, reason } = value;
    return { nodes: offers.map(publishOffer), pageInfo: { hasNextPage, endCursor }, totalCount, reason, source };
  }
}
