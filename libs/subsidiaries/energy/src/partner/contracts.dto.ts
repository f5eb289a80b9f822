import { ApiProperty } from '@nestjs/swagger';
import { toGlobalId, type CalendarDate, type DecimalText, type Reading } from '#lib/kernel';
import { COMMODITIES, type Commodity } from '../model/commodity.js';
import type { EnergyContract, SupplyAddress, SupplyPoint } from '../model/contracts/energy-contract.js';
import type { Instalment } from '../model/billing/instalment.js';
import {
  DATE,
  EnergyMoneyDto,
  EnergyPeriodDto,
  EnergySourceDto,
  OPTIONAL_DATE,
  OPTIONAL_TEXT,
  toSourceDto,
} from './energy.dto.js';
import type { ShownTerms } from './shown-terms.js';

export class EnergyAddressDto implements SupplyAddress {
  @ApiProperty({ type: String })
  street: string;

  @ApiProperty({ type: String, description: 'Hausnummer mit Zusatz.' })
  houseNumber: string;

  @ApiProperty({ type: String, description: 'Postleitzahl.' })
  postcode: string;

  @ApiProperty({ type: String })
  city: string;
}

export class EnergySupplyPointDto implements SupplyPoint {
  @ApiProperty({ type: EnergyAddressDto })
  address: EnergyAddressDto;

  @ApiProperty({
    ...OPTIONAL_TEXT,
    description: 'Nummer der Marktlokation (MaLo); null ohne die Freigabe energy.locations:read.',
  })
  marketLocation: string | null;

  @ApiProperty({ ...OPTIONAL_TEXT, description: 'Bezeichnung der Messlokation (MeLo), falls geführt; null wie oben.' })
  meteringLocation: string | null;
}

export class EnergyContractDto {
  @ApiProperty({ type: String, description: 'Kennung, dieselbe wie im Graphen.' })
  id: string;

  @ApiProperty({ type: String, description: 'Vertragsnummer.' })
  number: string;

  @ApiProperty({ type: String, description: 'Name des Tarifs.' })
  product: string;

  @ApiProperty({ enum: COMMODITIES, description: 'Sparte.' })
  commodity: Commodity;

  @ApiProperty({ ...DATE, description: 'Erster Tag der Lieferung.' })
  from: CalendarDate;

  @ApiProperty({ ...OPTIONAL_DATE, description: 'Letzter Tag der Lieferung; null: unbefristet.' })
  until: CalendarDate | null;

  @ApiProperty({ type: EnergySupplyPointDto, nullable: true, description: 'Lieferstelle.' })
  supplyPoint: EnergySupplyPointDto | null;
}

export class EnergyContractsDto {
  @ApiProperty({ type: [EnergyContractDto], description: 'Verträge, auch beendete, soweit das System sie führt.' })
  items: EnergyContractDto[];

  @ApiProperty({ type: EnergySourceDto })
  source: EnergySourceDto;
}

export class EnergyTermsDto implements ShownTerms {
  @ApiProperty({ type: EnergyPeriodDto, nullable: true, description: 'Vereinbarte Mindestlaufzeit.' })
  minimumTerm: EnergyPeriodDto | null;

  @ApiProperty({ ...OPTIONAL_DATE, description: 'Letzter Tag der laufenden Bindung.' })
  boundUntil: CalendarDate | null;

  @ApiProperty({ type: EnergyPeriodDto, nullable: true, description: 'Kündigungsfrist.' })
  noticePeriod: EnergyPeriodDto | null;

  @ApiProperty({ ...OPTIONAL_DATE, description: 'Letzter Tag des Vertrags, wenn die Kündigung heute einginge.' })
  earliestEnd: CalendarDate | null;
}

export class EnergyContractDetailDto {
  @ApiProperty({ type: EnergyContractDto })
  contract: EnergyContractDto;

  @ApiProperty({
    type: EnergyTermsDto,
    nullable: true,
    description: 'Laufzeit und Frist; null, wenn keine geführt sind.',
  })
  terms: EnergyTermsDto | null;

  @ApiProperty({ type: EnergySourceDto })
  source: EnergySourceDto;
}

export class EnergyInstalmentDto {
  @ApiProperty({ type: EnergyMoneyDto, description: 'Höhe des Abschlags.' })
  amount: EnergyMoneyDto;

  @ApiProperty({ type: EnergyMoneyDto, description: 'Kleinster Betrag, auf den der Kunde ihn ändern darf.' })
  minimum: EnergyMoneyDto;

  @ApiProperty({ type: EnergyMoneyDto, description: 'Größter Betrag, auf den der Kunde ihn ändern darf.' })
  maximum: EnergyMoneyDto;

  @ApiProperty({ ...OPTIONAL_TEXT, description: 'Turnus in den Worten des Systems.' })
  cycle: string | null;
}

export class EnergyInstalmentsDto {
  @ApiProperty({ type: EnergyInstalmentDto, nullable: true, description: 'Abschlag; null, wenn keiner läuft.' })
  instalment: EnergyInstalmentDto | null;

  @ApiProperty({ type: EnergySourceDto })
  source: EnergySourceDto;
}

export class EnergyConsumptionItemDto {
  @ApiProperty({ ...DATE, description: 'Erster Tag.' })
  from: CalendarDate;

  @ApiProperty({ ...DATE, description: 'Letzter Tag; bei Tageswerten derselbe.' })
  until: CalendarDate;

  @ApiProperty({ ...OPTIONAL_TEXT, description: 'Monat, zu dem die Abrechnung ihn zählt; null bei Tageswerten.' })
  billedIn: string | null;

  @ApiProperty({ type: String, description: 'Verbrauch.' })
  value: DecimalText;

  @ApiProperty({ type: String, description: 'Einheit.' })
  unit: string;

  @ApiProperty({ type: EnergyMoneyDto, nullable: true, description: 'Was berechnet wurde; null bei Tageswerten.' })
  cost: EnergyMoneyDto | null;

  @ApiProperty({ ...OPTIONAL_TEXT, description: 'Ob abgelesen oder geschätzt; null bei Tageswerten.' })
  category: string | null;
}

export class EnergyConsumptionDto {
  @ApiProperty({ type: [EnergyConsumptionItemDto], description: 'Älteste zuerst.' })
  items: EnergyConsumptionItemDto[];

  @ApiProperty({ type: EnergySourceDto })
  source: EnergySourceDto;
}

export function toContractDto(contract: EnergyContract): EnergyContractDto {
  const { number, product, commodity, from, until, supplyPoint } = contract;
  return { id: toGlobalId('EnergyContract', number), number, product, commodity, from, until, supplyPoint };
}

export function toContractsDto({ value, source }: Reading<readonly EnergyContract[]>): EnergyContractsDto {
  return { items: value.map(toContractDto), source: toSourceDto(source) };
}

export function toInstalmentDto(instalment: Instalment): EnergyInstalmentDto {
  const { amount, minimum, maximum, cycle } = instalment;
  return { amount, minimum, maximum, cycle };
}
