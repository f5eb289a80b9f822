import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { CalendarDate, DecimalText, Money } from '#lib/kernel';
import { DateScalar, DecimalScalar, MoneyType, NodeType } from '#lib/graph';
import type { CertificateKind } from '../model/listing.js';

const CERTIFICATE_KIND: Readonly<Record<CertificateKind, CertificateKind>> = {
  DEMAND: 'DEMAND',
  CONSUMPTION: 'CONSUMPTION',
  OTHER: 'OTHER',
};

registerEnumType(CERTIFICATE_KIND, {
  name: 'CertificateKind',
  description: 'Art des Energieausweises.',
  valuesMap: {
    DEMAND: { description: 'Bedarfsausweis' },
    CONSUMPTION: { description: 'Verbrauchsausweis' },
    OTHER: { description: 'Andere oder keine Angabe' },
  },
});

@ObjectType('EnergyCertificate', { description: 'Energieausweis des Gebäudes.' })
export class EnergyCertificateType {
  @Field(() => CERTIFICATE_KIND)
  kind: CertificateKind;

  @Field(() => DecimalScalar, { nullable: true, description: 'Energiekennwert in kWh je m² und Jahr.' })
  value: DecimalText | null;

  @Field(() => DateScalar, { nullable: true, description: 'Datum des Ausweises.' })
  date: CalendarDate | null;
}

@ObjectType('Listing', { implements: () => [NodeType], description: 'Wohnungsangebot; Beträge je Monat.' })
export class ListingType implements NodeType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'Objektnummer der Wohnung.' })
  number: string;

  @Field(() => String)
  title: string;

  @Field(() => String, { nullable: true, description: 'Anschrift; null, solange sie nicht freigegeben ist.' })
  address: string | null;

  @Field(() => String, { description: 'Postleitzahl.' })
  postcode: string;

  @Field(() => String, { description: 'Ort.' })
  city: string;

  @Field(() => String, { nullable: true, description: 'Ortsteil.' })
  district: string | null;

  @Field(() => DecimalScalar, { description: 'Zimmer, z. B. "2.5".' })
  rooms: DecimalText;

  @Field(() => DecimalScalar, { description: 'Wohnfläche in m².' })
  area: DecimalText;

  @Field(() => String, { nullable: true, description: 'Lage im Haus, z. B. "3. Etage".' })
  floor: string | null;

  @Field(() => MoneyType, { description: 'Kaltmiete.' })
  netRent: Money;

  @Field(() => MoneyType, { description: 'Nebenkosten einschließlich Heizkosten.' })
  serviceCharges: Money;

  @Field(() => MoneyType, { nullable: true, description: 'Anteil der Heizkosten an den Nebenkosten.' })
  heatingCharges: Money | null;

  @Field(() => Boolean, { nullable: true, description: 'Ob die Heizkosten in den Nebenkosten enthalten sind.' })
  heatingIncluded: boolean | null;

  @Field(() => MoneyType, { description: 'Warmmiete: Kaltmiete und Nebenkosten.' })
  grossRent: Money;

  @Field(() => String, { nullable: true, description: 'Kaution, wie ausgeschrieben, z. B. "kautionsfrei".' })
  deposit: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Frei ab; null bei sofort oder nach Absprache.' })
  availableFrom: CalendarDate | null;

  @Field(() => String, { nullable: true, description: 'Verfügbarkeit, wie ausgeschrieben, z. B. "sofort".' })
  availability: string | null;

  @Field(() => String, { nullable: true, description: 'Baujahr, wie ausgeschrieben.' })
  yearBuilt: string | null;

  @Field(() => String, { nullable: true, description: 'Art der Heizung, z. B. "Fernwärme".' })
  heating: string | null;

  @Field(() => EnergyCertificateType, { nullable: true, description: 'Energieausweis; null, wenn keiner genannt ist.' })
  energy: EnergyCertificateType | null;

  @Field(() => Boolean, { nullable: true, description: 'Aufzug; null, wenn nichts angegeben ist.' })
  lift: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Balkon; null, wenn nichts angegeben ist.' })
  balcony: boolean | null;

  @Field(() => String, { nullable: true, description: 'Keller, wie ausgeschrieben.' })
  cellar: string | null;

  @Field(() => String, { nullable: true, description: 'Parkmöglichkeit, wie ausgeschrieben.' })
  parking: string | null;

  @Field(() => String, { nullable: true, description: 'Beschreibung der Lage.' })
  location: string | null;

  @Field(() => String, { nullable: true, description: 'Beschreibung der Wohnung.' })
  description: string | null;

  @Field(() => String, { nullable: true, description: 'Beschreibung der Ausstattung.' })
  equipment: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Ob ein Wohnberechtigungsschein (WBS) nötig ist; null, wenn nichts angegeben ist.',
  })
  entitlementRequired: boolean | null;

  @Field(() => [String], { description: 'Quellen, in denen die Wohnung steht: "wodis", "openimmo".' })
  feeds: readonly string[];
}
