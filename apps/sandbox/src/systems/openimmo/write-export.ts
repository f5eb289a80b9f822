import { euros, cents } from '../../world/money.js';
import type { FlatToLet } from '../../world/world.js';
import { PORTAL_FLATS } from './portal-flats.js';
import { writeEstate, type Estate } from './write-estate.js';
import { element, latin1Document, type Markup } from './xml-writer.js';

const PROVIDER = 'JW07743SAALE';
const [CHANGING, ENDING] = PORTAL_FLATS;

/** VOLL: every flat to let, the two that only portals get, and two that a clerk spoilt. */
export function writeFull(flats: readonly FlatToLet[], today: string): Buffer {
  const estates = [...flats.map(estateOf), ...PORTAL_FLATS.map((flat) => portalEstate(flat, null))];
  return transfer('VOLL', [...estates.map((estate) => writeEstate(estate, today)), ...spoiltEstates(today)], today);
}

/** TEIL: since the full export, one of the two portal flats became cheaper and the other was let. */
export function writeDelta(today: string): Buffer {
  const cheaper = { ...CHANGING, netRent: euros(cents(CHANGING.netRent) - 1_500) };
  const estates = [portalEstate(cheaper, 'CHANGE'), portalEstate(ENDING, 'DELETE')];
  return transfer(
    'TEIL',
    estates.map((estate) => writeEstate(estate, today)),
    today,
  );
}

/** Numbers by which an enquiry may name a flat. */
export function exportedNumbers(flats: readonly FlatToLet[]): ReadonlySet<string> {
  return new Set([...flats, ...PORTAL_FLATS].map(({ number }) => number));
}

/** Some tenants still live there, so every fifth address is not for the public; every seventh flat is subsidised. */
function estateOf(flat: FlatToLet, index: number): Estate {
  return { flat, showsAddress: index % 5 !== 3, subsidised: index % 7 === 0, action: null };
}

function portalEstate(flat: FlatToLet, action: Estate['action']): Estate {
  return { flat, showsAddress: true, subsidised: false, action };
}

/** A size in words, and a flat without its number. */
function spoiltEstates(today: string): Markup[] {
  const spoilt = (number: string, title: string) =>
    writeEstate(portalEstate({ ...CHANGING, number, title, images: [] }, null), today).xml;
  return [
    {
      xml: spoilt('9003 / 1 / 1', 'Wohnung mit einer Fläche in Worten').replace(
        /<wohnflaeche>[^<]*/,
        '<wohnflaeche>ca. siebzig',
      ),
    },
    {
      xml: spoilt('9004 / 1 / 1', 'Wohnung ohne Nummer').replace(/<(objektnr_extern|openimmo_obid)>[^<]*<\/\1>\n/g, ''),
    },
  ];
}

/** The export runs every night at ten past two. */
function transfer(extent: 'VOLL' | 'TEIL', estates: readonly Markup[], today: string): Buffer {
  const attributes = {
    art: 'ONLINE',
    umfang: extent,
    modus: extent === 'VOLL' ? 'NEW' : 'CHANGE',
    version: '1.2.7',
    sendersoftware: 'Wodis Sigma',
    senderversion: '17.2',
    techn_email: 'it@jenawohnen.example',
    timestamp: `${today}T02:10:00`,
  };
  return latin1Document(
    element('openimmo', [
      element('uebertragung', '', attributes),
      element('anbieter', [element('firma', 'jenawohnen GmbH'), element('openimmo_anid', PROVIDER), ...estates]),
    ]),
  );
}
