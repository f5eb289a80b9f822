import type { BenchFlat } from './bench-flats.js';

/** All flats as one full OpenImmo feed (1.2.7). None of their texts needs escaping. */
export function writeFeed(flats: readonly BenchFlat[]): Buffer {
  const parts = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<openimmo><uebertragung art="OFFLINE" umfang="VOLL" version="1.2.7" sendersoftware="Messung" senderversion="1"/>',
    '<anbieter><anbieternr>1</anbieternr><firma>Wohnungsgesellschaft</firma><openimmo_anid>BENCH1</openimmo_anid>',
  ];
  for (const [index, flat] of flats.entries()) parts.push(writeFlat(flat, index));
  parts.push('</anbieter></openimmo>');
  return Buffer.from(parts.join('\n'));
}

function writeFlat(flat: BenchFlat, index: number): string {
  const { number, district, rooms, area, netRent, serviceCharges, title, description } = flat;
  return `<immobilie>
<objektkategorie><nutzungsart WOHNEN="true" GEWERBE="false"/><vermarktungsart KAUF="false" MIETE_PACHT="true"/><objektart><wohnung wohnungtyp="ETAGE"/></objektart></objektkategorie>
<geo><plz>${7743 + (index % 5)}</plz><ort>Jena</ort><strasse>Straße am Hang</strasse><hausnummer>${1 + (index % 90)}</hausnummer><etage>${index % 7}</etage><regionaler_zusatz>${district}</regionaler_zusatz></geo>
<kontaktperson><name>Vermietung</name><email_zentrale>vermietung@wohnen.example</email_zentrale></kontaktperson>
<preise><nettokaltmiete>${decimal(netRent)}</nettokaltmiete><warmmiete>${decimal(netRent + serviceCharges)}</warmmiete><nebenkosten>${decimal(serviceCharges)}</nebenkosten><waehrung iso_waehrung="EUR"/><kaution_text>kautionsfrei</kaution_text></preise>
<flaechen><wohnflaeche>${decimal(area)}</wohnflaeche><anzahl_zimmer>${rooms.toFixed(1)}</anzahl_zimmer><anzahl_balkone>${index % 2}</anzahl_balkone></flaechen>
<ausstattung><heizungsart FERN="true"/><fahrstuhl PERSONEN="${index % 3 === 0}"/></ausstattung>
<zustand_angaben><baujahr>${1960 + (index % 60)}</baujahr></zustand_angaben>
<freitexte><objekttitel>${title}</objekttitel><objektbeschreibung>${description}</objektbeschreibung></freitexte>
<verwaltung_objekt><objektadresse_freigeben>true</objektadresse_freigeben><verfuegbar_ab>sofort</verfuegbar_ab></verwaltung_objekt>
<verwaltung_techn><objektnr_extern>${number}</objektnr_extern><aktion/><openimmo_obid>BENCH${index}</openimmo_obid><stand_vom>2026-11-01</stand_vom></verwaltung_techn>
</immobilie>`;
}

function decimal(hundredths: number): string {
  return (hundredths / 100).toFixed(2);
}
