/** A flat with most of the groups a landlord fills. */
export function estateXml(number: string, changes: Readonly<Record<string, string>> = {}): string {
  const part = (name: string, xml: string): string => changes[name] ?? xml;
  return `<immobilie>
    ${part(
      'objektkategorie',
      `<objektkategorie><nutzungsart WOHNEN="1" GEWERBE="false"/><vermarktungsart KAUF="false" MIETE_PACHT="true"/>
      <objektart><wohnung wohnungtyp="ETAGE"/></objektart></objektkategorie>`,
    )}
    ${part(
      'geo',
      `<geo><plz>07747</plz><ort>Jena</ort><geokoordinaten breitengrad="50.901" laengengrad="11.594"/>
      <strasse>Birkenhain</strasse><hausnummer>12a</hausnummer><land iso_land="DEU"/><etage>2</etage>
      <regionaler_zusatz>Neulobeda</regionaler_zusatz></geo>`,
    )}
    ${part(
      'preise',
      `<preise><nettokaltmiete>401.50</nettokaltmiete><warmmiete>561.5</warmmiete><nebenkosten>160</nebenkosten>
      <heizkosten_enthalten>true</heizkosten_enthalten><heizkosten>70.00</heizkosten><kaution>0</kaution></preise>`,
    )}
    ${part('flaechen', '<flaechen><wohnflaeche>58.4</wohnflaeche><anzahl_zimmer>2.5</anzahl_zimmer></flaechen>')}
    ${part(
      'ausstattung',
      `<ausstattung><heizungsart FERN="true" ZENTRAL="0"/><fahrstuhl PERSONEN="true"/>
      <stellplatzart TIEFGARAGE="true" SCHIFF="true"/><unterkellert keller="JA"/></ausstattung>`,
    )}
    ${part(
      'zustand_angaben',
      `<zustand_angaben><baujahr>1978</baujahr><energiepass><epart>VERBRAUCH</epart><gueltig_bis>05-2031</gueltig_bis>
      <energieverbrauchkennwert>71.3</energieverbrauchkennwert></energiepass></zustand_angaben>`,
    )}
    ${part('freitexte', '<freitexte><objekttitel>Weiter Blick &amp; Balkon</objekttitel><lage>Über der Saale</lage></freitexte>')}
    ${part(
      'anhaenge',
      `<anhaenge><anhang location="EXTERN" gruppe="TITELBILD"><anhangtitel>Haus</anhangtitel><format>image/jpeg</format>
      <daten><pfad>${number}.jpg</pfad></daten></anhang></anhaenge>`,
    )}
    ${part(
      'verwaltung_objekt',
      `<verwaltung_objekt><objektadresse_freigeben>true</objektadresse_freigeben><verfuegbar_ab>sofort</verfuegbar_ab>
      <wbs_sozialwohnung>true</wbs_sozialwohnung></verwaltung_objekt>`,
    )}
    ${part(
      'verwaltung_techn',
      `<verwaltung_techn><objektnr_extern>${number}</objektnr_extern><aktion aktionart="CHANGE"/>
      <openimmo_obid>OB-${number}</openimmo_obid><stand_vom>2026-10-01</stand_vom></verwaltung_techn>`,
    )}
  </immobilie>`;
}

/** A feed of one provider. */
export function feedXml(
  estates: readonly string[],
  { transfer = 'art="ONLINE" umfang="VOLL" version="1.2.7"', anid = 'AN-1', encoding = 'UTF-8' } = {},
): string {
  return `<?xml version="1.0" encoding="${encoding}"?>
<openimmo><uebertragung ${transfer}/>
<anbieter><anbieternr>17</anbieternr><firma>Wohnen am Hang</firma><openimmo_anid>${anid}</openimmo_anid>
${estates.join('\n')}
</anbieter></openimmo>`;
}
