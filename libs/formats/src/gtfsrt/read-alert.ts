import type { WireObject } from '../wire/wire-object.js';
import type { RealtimeAlert, RealtimeSelector } from './gtfsrt-model.js';
import { enumName, objectsIn, optionalInstant, optionalNumber, optionalTrip, readTexts } from './realtime-fields.js';

export function readAlert(alert: WireObject, entity: string): RealtimeAlert {
  return {
    entity,
    activePeriods: objectsIn(alert, 'active_period').map((period) => ({
      from: optionalInstant(period, 'start'),
      until: optionalInstant(period, 'end'),
    })),
    informed: objectsIn(alert, 'informed_entity').map(readSelector),
    cause: enumName(alert, 'cause', 'UNKNOWN_CAUSE').replace(/_CAUSE$/, ''),
    effect: enumName(alert, 'effect', 'UNKNOWN_EFFECT').replace(/^(UNKNOWN|OTHER)_EFFECT$/, '$1'),
    severity: enumName(alert, 'severity_level', 'UNKNOWN_SEVERITY').replace(
      /_SEVERITY$/,
      '',
    ) as RealtimeAlert['severity'],
    title: readTexts(alert, 'header_text'),
    text: readTexts(alert, 'description_text'),
    url: readTexts(alert, 'url'),
  };
}

function readSelector(selector: WireObject): RealtimeSelector {
  return {
    agency: selector.optionalText('agency_id'),
    route: selector.optionalText('route_id'),
    routeType: optionalNumber(selector, 'route_type'),
    direction: optionalNumber(selector, 'direction_id'),
    stop: selector.optionalText('stop_id'),
    trip: optionalTrip(selector),
  };
}
