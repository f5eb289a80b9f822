/**
 * Names of BO4E (Business Objects for Energy), verbatim: the fields that each object must have, if only as null.
 */
const FIELDS = {
  VERTRAG: `externeReferenzen vertragsnummer beschreibung vertragsart vertragstatus sparte vertragsbeginn vertragsende
    vertragspartner1 vertragspartner2 unterzeichnervp1 unterzeichnervp2 vertragskonditionen vertragsteile
    gemeinderabatt korrespondenzpartner`,
  GESCHAEFTSPARTNER: `externeReferenzen anrede title name1 name2 name3 gewerbekennzeichnung hrnummer amtsgericht kontaktweg
    umsatzsteuerId glaeubigerId eMailAdresse website geschaeftspartnerrolle partneradresse
    grundlageZurVerringerungDerUmlagenNachEnfg gruendeDerPrivilegierungNachEnFG bankverbindung steuernummer
    erreichbarkeit`,
  VERTRAGSKONDITIONEN: `beschreibung anzahlAbschlaege vertragslaufzeit kuendigungsfrist vertragsverlaengerung abschlagszyklus
    startAbrechnungsjahr geplanteTurnusablesung turnusablesungIntervall netznutzungsabrechnung
    netznutzungsabrechnungIntervall haushaltskunde netznutzungsvertrag netznutzungszahler
    netznutzungsabrechnungsvariante netznutzungsabrechnungsgrundlage beinhaltetSingulaerGenutzteBetriebsmittel`,
  VERTRAGSTEIL: `vertragsteilbeginn vertragsteilende lokation vertraglichFixierteMenge minimaleAbnahmemenge maximaleAbnahmemenge
    jahresverbrauchsprognose kundenwert verbrauchsaufteilung`,
  ZEITRAUM: `einheit dauer startdatum enddatum startzeitpunkt endzeitpunkt`,
  ADRESSE: `postleitzahl ort strasse hausnummer postfach adresszusatz coErgaenzung landescode`,
  MARKTLOKATION: `externeReferenzen marktlokationsId sparte energierichtung bilanzierungsmethode verbrauchsart unterbrechbar
    netzebene netzbetreiberCodeNr gebietTyp netzgebietNr bilanzierungsgebiet grundversorgerCodeNr gasqualitaet
    lokationsadresse geoadresse katasterinformation marktrollen regelzone marktgebiet zeitreihentyp zaehlwerke
    zaehlwerkeBeteiligteMarktrolle verbrauchsmenge messlokationen zugehoerigeMesslokationen messtechnischeEinordnung
    netznutzungsabrechnungsdaten sperrstatus messprodukte konfigurationsprodukte lokationsbuendelObjektcode
    vorgelagerteLokationsId vorgelagerteLokationsIds`,
  MESSLOKATION: `externeReferenzen messlokationsId sparte netzebeneMessung messgebietNr grundzustaendigerMSBCodeNr
    grundzustaendigerMSBIMCodeNr messadresse geoadresse katasterinformation geraete messdienstleistung
    messlokationszaehler bilanzierungsmethode abrechnungmessstellenbetriebnna marktrollen verlustfaktor zaehlwerke
    messprodukte lokationsbuendelObjektcode vorgelagerteLokationsId istFuerLieferanmeldungRelevant
    vorgelagerteLokationsIds`,
} as const;

export type Bo4eJson = { readonly [field: string]: Bo4eValue };
type Bo4eValue = string | number | boolean | null | Bo4eJson | readonly Bo4eValue[];

/** Business objects say what they are; components do not. */
const OBJECTS: ReadonlySet<string> = new Set(['VERTRAG', 'GESCHAEFTSPARTNER', 'MARKTLOKATION', 'MESSLOKATION']);

/** An object or component with all its fields; those that are not given are null. */
export function bo4e(type: keyof typeof FIELDS, given: Bo4eJson): Bo4eJson {
  const head: Bo4eJson = OBJECTS.has(type) ? { boTyp: type, versionStruktur: '1' } : {};
  const fields = FIELDS[type].split(/\s+/).map((name) => [name, given[name] ?? null] as const);
  return { ...head, ...Object.fromEntries(fields) };
}
