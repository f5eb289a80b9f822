import { parseCalendarDate } from '#lib/kernel';
import type { OjpElement } from './ojp-element.js';
import type { OjpService } from './ojp-model.js';
import { readMode } from './read-place.js';
import { readText } from './read-text.js';

const DAY_CHARACTERS = 'YYYY-MM-DD'.length;

/**
 * A vehicle's trip on one day. TRIAS 1.2 and OJP's journey details put the line into sections; a trip that changes its
 * line has several, and the first one counts.
 */
export function readService(service: OjpElement): OjpService {
  const section = service.find('ServiceSection') ?? service;
  const holder = (...names: readonly string[]): OjpElement => (section.find(...names) === null ? service : section);
  const line = holder('PublishedServiceName', 'PublishedLineName');
  const mode = holder('Mode').find('Mode');
  const destination = holder('DestinationText');
  return {
    journeyRef: holder('JourneyRef').optionalText('JourneyRef'),
    // EFA ends the day with a T, and some systems send a word where they do not know it.
    operatingDay: parseCalendarDate(service.optionalText('OperatingDayRef')?.slice(0, DAY_CHARACTERS) ?? '') ?? null,
    lineRef: holder('LineRef').optionalText('LineRef'),
    lineName: readText(line, 'PublishedServiceName', 'PublishedLineName'),
    mode: mode === null ? null : readMode(mode),
    operatorRefs: operatorsOf(section, service),
    origin: readText(holder('OriginText'), 'OriginText'),
    destination: readText(destination, 'DestinationText'),
    destinationRef: destination.optionalText('DestinationStopPointRef'),
    cancelled: service.flag('Cancelled'),
    unplanned: service.flag('Unplanned'),
    notes: service.list('Attribute').map((note) => ({
      code: note.optionalText('Code'),
      // OJP 2.0 says UserText; before, the text of the note was itself called Text.
      text: readText(note, 'UserText', 'Text'),
    })),
  };
}

function operatorsOf(section: OjpElement, service: OjpElement): readonly string[] {
  const holders = [section.find('OperatorRefs'), section, service.find('OperatorRefs'), service];
  const refs = holders.map((holder) => holder?.list('OperatorRef').map(({ content }) => content) ?? []);
  return refs.find((list) => list.length > 0) ?? [];
}
